using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

public sealed class FileNameDefectTests
{
    [Theory]
    [InlineData("DB full.bak ", "ends with a blank, which some systems drop")]
    [InlineData(" DB full.bak", "begins with a blank, which some systems drop")]
    [InlineData("a.bak\u00A0", "ends with a blank, which some systems drop")]
    [InlineData("a.", "ends with a dot, which some systems drop")]
    [InlineData("a/b.bak", "has a folder in it")]
    [InlineData("/b.bak", "has a folder in it")]
    [InlineData("..\\b.bak", "has a folder in it")]
    [InlineData("C:a.bak", "has a colon, which means something else on Windows")]
    [InlineData("a\u202Ebak.exe", "has an invisible character")]
    [InlineData("a\u001b[31m", "has an invisible character")]
    [InlineData("a?b.bak", "has the character ?, which is not valid on Windows")]
    [InlineData("NUL.txt", "is the name of a device on Windows")]
    public void The_defect_that_is_there_is_said(string name, string defect) =>
        Assert.Equal(defect, FileNameDefect.Find(name, SafeFileName.From(name, "")));

    [Theory]
    [InlineData("dump.rdb")]
    [InlineData("备份 🚀.bak")]
    [InlineData("e\u0301.bak")]
    public void A_plain_name_has_none(string name) =>
        Assert.Null(FileNameDefect.Find(name, SafeFileName.From(name, "")));

    [Fact]
    public void A_name_that_is_only_too_long_has_none()
    {
        string name = new string('x', 300) + ".bak";

        Assert.Null(FileNameDefect.Find(name, SafeFileName.From(name, "")));
    }
}
