@{
    # Findings are mended, or suppressed where they stand, with the reason.
    Severity = @('Error', 'Warning')
}
