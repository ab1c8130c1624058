using Spectre.Console.Rendering;

namespace MarketoLambda.Cli.Output;

/// <summary>
/// The last step of everything that is drawn: texts become <see cref="VisibleText"/>, its own colours and cursor moves pass.
/// </summary>
internal sealed class VisibleOutput : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => new Shown(renderable));

    private sealed class Shown(IRenderable renderable) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => renderable.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => renderable.Render(options, maxWidth).Select(Visible);

        private static Segment Visible(Segment segment) =>
            segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(VisibleText.From(segment.Text), segment.Style);
    }
}
