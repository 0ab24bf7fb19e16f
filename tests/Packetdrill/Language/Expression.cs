using System.Globalization;

namespace Packetdrill.Language;

/// <summary>An argument or a result of a call.</summary>
internal abstract record Expression
{
    private Expression()
    {
    }

    /// <summary><c>...</c>: the runner's default.</summary>
    internal sealed record Default : Expression
    {
        public override string ToString() => "...";
    }

    internal sealed record Number(long Value) : Expression
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A symbol: a constant of the operating system.</summary>
    internal sealed record Symbol(string Name) : Expression
    {
        public override string ToString() => Name;
    }

    internal sealed record Text(string Value) : Expression
    {
        public override string ToString() => $"\"{Value}\"";
    }

    /// <summary><c>A|B</c>.</summary>
    internal sealed record Union(Expression Left, Expression Right) : Expression
    {
        public override string ToString() => $"{Left}|{Right}";
    }

    /// <summary><c>[…]</c>: a pointer to values.</summary>
    internal sealed record List(IReadOnlyList<Expression> Items) : Expression
    {
        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    /// <summary><c>{…}</c>: a structure.</summary>
    internal sealed record Structure(IReadOnlyList<Expression> Items) : Expression
    {
        public override string ToString() => $"{{{string.Join(", ", Items)}}}";

        /// <summary>The value of a member, or null where the script does not have it.</summary>
        public Expression? this[string name] => Items.OfType<Member>().FirstOrDefault(m => m.Name == name)?.Value;
    }

    /// <summary><c>name=value</c>, or <c>name(n)=value</c>, in a structure.</summary>
    internal sealed record Member(string Name, Expression Value) : Expression
    {
        public override string ToString() => $"{Name}={Value}";
    }

    /// <summary><c>htons(8080)</c>, <c>inet_addr("192.0.2.1")</c>.</summary>
    internal sealed record Call(string Name, IReadOnlyList<Expression> Arguments) : Expression
    {
        public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
    }
}
