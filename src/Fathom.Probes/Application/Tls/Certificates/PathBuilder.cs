namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>
/// Searches paths from the leaf to a root, depth first, roots before sent certificates, likely issuers before
/// unlikely ones (RFC 4158 §3). The first path without a problem ends the search; else the best one stands.
/// </summary>
internal sealed class PathBuilder(IReadOnlyList<TlsCertificate> sent, AnchorIndex anchors, DateTimeOffset now, string purpose)
{
    /// <summary>A chain in use needs two to four; a hostile one could ask for the factorial of its length.</summary>
    private const int MaximumSignatureChecks = 100;

    /// <summary>Steps of the search, most of which cost no new signature check.</summary>
    private const int MaximumSteps = 1000;

    /// <summary>Certificates in a path; the web's have three, bridged ones six.</summary>
    private const int MaximumDepth = 16;

    private readonly Dictionary<(TlsCertificate, TlsCertificate), SignatureCheck> _checked = [];
    private readonly List<TlsCertificate> _path = [];
    private int _steps;
    private bool _isExhausted;
    private PathResult? _best;

    public PathResult Build()
    {
        _path.Add(sent[0]);
        Extend();
        return _best! with { SignatureChecks = _checked.Count };
    }

    private bool IsDone => _best is { ReachedAnchor: true, Findings.Problems.Count: 0 } || _steps > MaximumSteps;

    // Recursion is bounded by MaximumDepth.
    private void Extend()
    {
        if (IsDone) return;
        _steps++;
        var last = _path[^1];
        if (anchors.Contains(last))
        {
            Offer(reachedAnchor: true, null);
            return;
        }

        var failed = new List<TlsCertificate>();
        var hasContinued = false;
        if (_path.Count < MaximumDepth)
        {
            foreach (var (issuer, isAnchor) in Candidates(last))
            {
                if (IsDone) return;
                var check = Check(last, issuer);
                if (check is null)
                {
                    _isExhausted = true;
                    break;
                }

                if (check == SignatureCheck.Invalid)
                {
                    failed.Add(issuer);
                    continue;
                }

                hasContinued = true;
                _path.Add(issuer);
                if (isAnchor) Offer(reachedAnchor: true, null);
                else Extend();
                _path.RemoveAt(_path.Count - 1);
            }
        }

        if (!hasContinued) Offer(reachedAnchor: false, _isExhausted || _path.Count == MaximumDepth ? PathEnding.GaveUp(_path) : PathEnding.Explain(_path, failed, anchors));
    }

    private List<(TlsCertificate Issuer, bool IsAnchor)> Candidates(TlsCertificate child)
    {
        var candidates = new List<(TlsCertificate Issuer, bool IsAnchor)>();
        foreach (var anchor in anchors.FindBySubject(child.Fields.Issuer)) candidates.Add((anchor, true));
        for (var i = 1; i < sent.Count; i++)
        {
            var certificate = sent[i];
            if (!DistinguishedName.AreEqual(certificate.Fields.Subject, child.Fields.Issuer)) continue;
            // RFC 5280 §6.1: a certificate MUST NOT appear more than once in a path; nor its key and name, which leads nowhere new.
            if (_path.Any(other => IsSameAuthority(other, certificate)) || candidates.Any(other => other.Issuer.Der.Span.SequenceEqual(certificate.Der.Span))) continue;
            candidates.Add((certificate, false));
        }

        return [.. candidates.OrderByDescending(candidate => Likelihood(child, candidate.Issuer))];
    }

    private int Likelihood(TlsCertificate child, TlsCertificate issuer)
        => (KeyIdentifiers.Match(child, issuer) switch { true => 2, null => 1, false => 0 } * 2)
            + (issuer.NotBefore <= now && now <= issuer.NotAfter ? 1 : 0);

    private static bool IsSameAuthority(TlsCertificate left, TlsCertificate right)
        => left.Der.Span.SequenceEqual(right.Der.Span)
            || (left.Fields.Subject.Span.SequenceEqual(right.Fields.Subject.Span)
                && left.Fields.Key.KeyOctets.Span.SequenceEqual(right.Fields.Key.KeyOctets.Span)
                && left.Fields.Key.Modulus.Span.SequenceEqual(right.Fields.Key.Modulus.Span)
                && left.Fields.Key.Type == right.Fields.Key.Type);

    private SignatureCheck? Check(TlsCertificate child, TlsCertificate issuer)
    {
        if (_checked.TryGetValue((child, issuer), out var known)) return known;
        if (_checked.Count >= MaximumSignatureChecks) return null;
        var check = SignatureVerifier.Verify(child, issuer);
        _checked[(child, issuer)] = check;
        return check;
    }

    private void Offer(bool reachedAnchor, CertificateProblem? ending)
    {
        var path = _path.ToArray();
        var findings = PathChecker.Check(path, reachedAnchor, now, purpose);
        for (var i = 0; i + 1 < path.Length; i++)
        {
            // Followed, so that the rest of the chain is seen; never trusted.
            if (_checked.GetValueOrDefault((path[i], path[i + 1])) != SignatureCheck.Unsupported) continue;
            findings.Problem(CertificateProblemKind.WeakSignature, path[i], i == 0, $"{path[i]} is signed in a way that clients do not accept: {path[i].SignatureAlgorithm} by {path[i + 1].KeyName}.");
        }

        var result = new PathResult(path, reachedAnchor, ending, findings, 0);
        if (_best is null || IsBetter(result, _best)) _best = result;
    }

    private static bool IsBetter(PathResult candidate, PathResult best)
    {
        if (candidate.ReachedAnchor != best.ReachedAnchor) return candidate.ReachedAnchor;
        if (candidate.Findings.Problems.Count != best.Findings.Problems.Count && candidate.ReachedAnchor) return candidate.Findings.Problems.Count < best.Findings.Problems.Count;
        return candidate.Path.Count > best.Path.Count && !candidate.ReachedAnchor;
    }
}
