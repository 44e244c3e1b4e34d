using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>Where a page of a version stands: the page, the chapter above it (null for a chapter itself), and what it is called.</summary>
public sealed record PageTrail(VersionPage Page, ChapterBlock? Chapter, string Here);
