using Microsoft.AspNetCore.Components;

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

/// <summary>Within one request one part reads after the other.</summary>
internal sealed class ReadingTurn : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    public async Task Run(Func<Task> read)
    {
        await one.WaitAsync();
        try
        {
            await read();
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
