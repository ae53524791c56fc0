namespace Strongroom.BrowserTests.Support;

/// <summary>How a person works the controls of a page.</summary>
internal abstract class Hands
{
    public abstract Task Write(ILocator field, string text);

    /// <summary>Ticks a box, or chooses one of several.</summary>
    public abstract Task Mark(ILocator choice);

    public abstract Task Choose(ILocator list, string option);

    /// <summary>A button, a link, a fold.</summary>
    public abstract Task Use(ILocator control);
}

internal sealed class Mouse : Hands
{
    public override Task Write(ILocator field, string text) => field.FillAsync(text);

    public override Task Mark(ILocator choice) => choice.CheckAsync();

    public override Task Choose(ILocator list, string option) => list.SelectOptionAsync(new SelectOptionValue { Label = option });

    public override Task Use(ILocator control) => control.ClickAsync();
}

/// <summary>A person without a mouse: every control is reached by the tab key, shows that it is reached, and does its work by the keys that a browser gives to it.</summary>
internal sealed class Keyboard(IPage page) : Hands
{
    // More stops than any page has: who has not arrived by then never will.
    private const int Stops = 150;

    public override async Task Write(ILocator field, string text)
    {
        await Reach(field);
        await page.Keyboard.PressAsync("Control+KeyA");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>A group of choices is one stop, and the arrows go through it.</summary>
    public override async Task Mark(ILocator choice)
    {
        if (await choice.GetAttributeAsync("type") != "radio")
        {
            await Reach(choice);
            if (!await choice.IsCheckedAsync()) await page.Keyboard.PressAsync("Space");
            return;
        }
        await Reach(choice, orItsGroup: true);
        for (var at = 0; at < Stops && !await IsFocused(choice); at++) await page.Keyboard.PressAsync("ArrowDown");
        if (!await choice.IsCheckedAsync()) await page.Keyboard.PressAsync("Space");
        (await choice.IsCheckedAsync()).ShouldBeTrue();
    }

    public override async Task Choose(ILocator list, string option)
    {
        await Reach(list);
        await page.Keyboard.TypeAsync(option);
    }

    public override async Task Use(ILocator control)
    {
        await Reach(control);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task Reach(ILocator control, bool orItsGroup = false)
    {
        await control.WaitForAsync();
        for (var stop = 0; stop < Stops; stop++)
        {
            if (await IsFocused(control) || (orItsGroup && await control.EvaluateAsync<bool>("one => document.activeElement.type === 'radio' && document.activeElement.name === one.name")))
            {
                (await page.EvaluateAsync<bool>("() => document.activeElement.matches(':focus-visible')")).ShouldBeTrue();
                (await page.EvaluateAsync<bool>("() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' || style.boxShadow !== 'none' }"))
                    .ShouldBeTrue($"It does not show that {control} is reached");
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        throw new TimeoutException($"{control} cannot be reached with the keyboard on {page.Url}");
    }

    private static Task<bool> IsFocused(ILocator control) => control.EvaluateAsync<bool>("one => one === document.activeElement");
}
