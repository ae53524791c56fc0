using Microsoft.AspNetCore.Components;
using Strongroom.Data;

namespace Strongroom.Web.Widgets;

/// <summary>
/// A page, or a part of one, that reads: it is drawn when what it shows has been read, never half of it, and again when an act of its form is
/// over. The framework's own base draws at the first wait, with what has been read by then, and lets neighbours read at the same time, which the
/// one database context of a request does not bear.
/// </summary>
public abstract class Prepared : ComponentBase, IHandleEvent
{
    private bool prepared;

    [Inject] private ReadingTurn Turn { get; set; } = null!;

    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        // Before the first wait: the view is not valid after it.
        parameters.SetParameterProperties(this);
        if (!prepared)
        {
            prepared = true;
            await Turn.Run(Prepare);
        }
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what is shown, once, with the parameters set.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg)
    {
        await callback.InvokeAsync(arg);
        StateHasChanged();
    }
}

/// <summary>
/// Within one request one part reads after the other. The request's database context may go only when nobody reads from it any more: where a page is given up
/// half-way (an error in one part, a page that does not exist), a read that is under way ends first, and none begins after it.
/// </summary>
internal sealed class ReadingTurn : IAsyncDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private bool over;

    // Made after the context, it is disposed of before it.
    public ReadingTurn(StrongroomDb db) => ArgumentNullException.ThrowIfNull(db);

    public async Task Run(Func<Task> read)
    {
        await one.WaitAsync();
        try
        {
            if (!over) await read();
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await one.WaitAsync();
        over = true;
        // Whoever still waits is let through to nothing; without a wait handle there is nothing to dispose of.
        one.Release();
    }
}
