namespace Survey.Reporting.Typesetting;

/// <summary>A finished file: a language's PDF, one of its figures as an SVG for the web page (named by the figure's id), or a picture (PNG) under its name.</summary>
public sealed record TypesetFile(TypesetFileKind Kind, string Language, string Name, byte[] Bytes, int Pages);

/// <summary>What a typeset file is.</summary>
public enum TypesetFileKind
{
    /// <summary>The report as PDF/UA-1 and PDF/A-2a.</summary>
    Pdf,
    /// <summary>A figure as SVG with its words as text; alternative text and title stand in the content.</summary>
    Figure,
    /// <summary>A figure or the headline as PNG.</summary>
    Picture,
}

/// <summary>How far the typesetter is: it begins this step of this language; <paramref name="Done"/> of <paramref name="Total"/> steps lie behind it.</summary>
public sealed record TypesetProgress(string Language, TypesettingStep Step, int Done, int Total);

/// <summary>The steps of setting one language, in order.</summary>
public enum TypesettingStep
{
    /// <summary>Charts are drawn.</summary>
    Charts,
    /// <summary>Pages are laid out.</summary>
    Layout,
    /// <summary>The PDF is written and checked.</summary>
    Pdf,
}
