using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

public sealed class MultipartFormTests
{
    // RFC 7578 §4 in one body: a value, a file with its name and type, and the delimiters of RFC 2046 §5.1.1.
    [Fact]
    public void ABodyIsThatOfTheRfc()
    {
        HttpFormPart[] parts = [new("user", "ada"u8.ToArray()), new("scan", "%PDF"u8.ToArray(), "a \"b\"\r\n.pdf", "application/pdf")];
        Assert.True(MultipartForm.TryWrite(parts, "AaB03x", out var body));
        Assert.Equal(
            "--AaB03x\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nada\r\n"
            + "--AaB03x\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"a %22b%22%0D%0A.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"
            + "--AaB03x--\r\n",
            Encoding.UTF8.GetString(body));
    }

    [Fact]
    public void ABoundaryThatIsInTheDataIsNotUsed()
        => Assert.False(MultipartForm.TryWrite([new("a", "x\r\n--AaB03x\r\n"u8.ToArray())], "AaB03x", out _));

    [Fact]
    public void ABoundaryHasAtMost70CharactersOfTheGrammar()
    {
        var boundary = MultipartForm.Boundary(Enumerable.Range(0, MultipartForm.BoundaryEntropy).Select(static n => (byte)n).ToArray());
        Assert.True(boundary.Length <= 70, boundary);
        Assert.All(boundary, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c == '-', boundary));
        Assert.EndsWith("000102030405060708090a0b0c0d0e0f", boundary);
    }
}
