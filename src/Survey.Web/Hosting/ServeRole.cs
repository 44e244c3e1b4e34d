namespace Survey.Web.Hosting;

/// <summary>What a process does: serve pages, work in the background, or both. On SQLite one process does both.</summary>
public enum ServeRole { All, Web, Worker }
