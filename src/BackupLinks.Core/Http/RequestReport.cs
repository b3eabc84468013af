namespace BackupLinks.Http;

/// <summary>One line about a request, for somebody who wants to watch. Never holds a secret or a query.</summary>
/// <param name="Text">The line.</param>
/// <param name="IsRoutine">True for the ordinary course of things; false for what an operator may want to act on.</param>
internal sealed record RequestReport(string Text, bool IsRoutine = true);
