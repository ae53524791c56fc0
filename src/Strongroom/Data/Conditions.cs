using System.Linq.Expressions;

namespace Strongroom.Data;

/// <summary>Conditions that are put together before the database is asked.</summary>
internal static class Conditions
{
    public static Expression<Func<TRow, bool>> Or<TRow>(this Expression<Func<TRow, bool>> one, Expression<Func<TRow, bool>> other) =>
        Expression.Lambda<Func<TRow, bool>>(Expression.OrElse(one.Body, Expression.Invoke(other, one.Parameters)), one.Parameters);
}
