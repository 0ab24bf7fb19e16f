using System.Text;

namespace Packetdrill.Playing;

/// <summary>Splits shell text into commands and their words. Nothing is run.</summary>
internal static class ShellReader
{
    public static List<List<string>> Read(string text)
    {
        var commands = new List<List<string>>();
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0')
            {
                if (character == quote) quote = '\0';
                else word.Append(character);
            }
            else if (character == '\\' && i + 1 < text.Length)
            {
                // A line goes on behind it; any other character loses its meaning.
                if (text[++i] != '\n') Append(text[i]);
            }
            else if (character is '"' or '\'')
            {
                quote = character;
                inWord = true;
            }
            else if (character == '#' && !inWord)
            {
                while (i + 1 < text.Length && text[i + 1] != '\n') i++;
            }
            else if (character is '\n' or ';')
            {
                EndCommand();
            }
            else if (character == '&' && i + 1 < text.Length && text[i + 1] == '&')
            {
                i++;
                EndCommand();
            }
            else if (character is '>' or '|')
            {
                EndWord();
                words.Add(character.ToString());
            }
            else if (char.IsWhiteSpace(character))
            {
                EndWord();
            }
            else
            {
                Append(character);
            }
        }

        EndCommand();
        return commands;

        void Append(char character)
        {
            word.Append(character);
            inWord = true;
        }

        void EndWord()
        {
            if (inWord) words.Add(word.ToString());
            word.Clear();
            inWord = false;
        }

        void EndCommand()
        {
            EndWord();
            if (words.Count > 0) commands.Add(words);
            words = [];
        }
    }
}
