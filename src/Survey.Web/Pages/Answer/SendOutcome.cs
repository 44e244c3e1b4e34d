namespace Survey.Web.Pages.Answer;

/// <summary>What came of sending: what is saved counts; something that must be answered is missing; or the office froze the round before it was stored.</summary>
public enum SendOutcome { Sent, Incomplete, Closed }
