using Fathom.Hosts.Os;
using Fathom.Services.Application.Sessions;

namespace Fathom.Services.Tests.Application.Sessions;

/// <summary>Sessions: ids, their end, their renewal.</summary>
public sealed class SessionStoreTests
{
    private readonly MovableTime _time = new();
    private readonly OsHost _host;

    public SessionStoreTests() => _host = OsHost.Create(new OsHostOptions { Time = _time });

    [Fact]
    public void Ids_are_128_bits_and_never_the_same()
    {
        var store = new SessionStore(_host);
        var ids = Enumerable.Range(0, 1000).Select(_ => store.Begin().Id).ToArray();
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.Equal(16, System.Buffers.Text.Base64Url.DecodeFromChars(id).Length));
    }

    [Fact]
    public void A_session_is_found_by_its_id_and_by_no_other()
    {
        var store = new SessionStore(_host);
        var session = store.Begin();
        Assert.NotNull(store.Find(session.Id));
        foreach (var wrong in new[] { null, "", session.Id[..21], session.Id + "A", session.Id.ToUpperInvariant() + "!", new string('A', 22), new string('x', 1_000_000) }) Assert.Null(store.Find(wrong));
    }

    [Fact]
    public void An_unused_session_ends_and_a_used_one_goes_on()
    {
        var store = new SessionStore(_host);
        var (used, unused) = (store.Begin(), store.Begin());
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.NotNull(store.Find(used.Id));
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.NotNull(store.Find(used.Id));
        Assert.Null(store.Find(unused.Id));
    }

    [Fact]
    public void No_session_lives_forever()
    {
        var store = new SessionStore(_host);
        var session = store.LogIn(null, "ada");
        for (var i = 0; i < 12 * 60 / 20; i++)
        {
            Assert.NotNull(store.Find(session.Id));
            _time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Null(store.Find(session.Id));
    }

    [Fact]
    public void A_login_gets_a_new_id_and_the_old_one_is_worth_nothing()
    {
        var store = new SessionStore(_host);
        var planted = store.Begin();
        var session = store.LogIn(planted.Id, "ada");
        Assert.NotEqual(planted.Id, session.Id);
        Assert.Null(store.Find(planted.Id));
        Assert.Equal("ada", store.Find(session.Id)?.User);
        Assert.Equal(planted.CreatedAt, session.CreatedAt);
    }

    [Fact]
    public void A_logout_ends_every_copy()
    {
        var store = new SessionStore(_host);
        var session = store.LogIn(null, "ada");
        Assert.True(store.End(session.Id));
        Assert.False(store.End(session.Id));
        Assert.Null(store.Find(session.Id));
    }

    [Fact]
    public void The_store_does_not_grow_without_end()
    {
        var store = new SessionStore(_host, new SessionStoreOptions { MaximumSessions = 10 });
        var first = store.Begin();
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            store.Begin();
        }

        Assert.Equal(10, store.Count);
        Assert.Null(store.Find(first.Id));
    }

    [Fact]
    public void The_cookie_is_as_strict_as_it_can_be()
    {
        var session = new SessionStore(_host).Begin();
        Assert.Equal($"__Host-session={session.Id}; Path=/; Secure; HttpOnly; SameSite=Lax", SessionStore.ToSetCookie(session, isSecure: true));
        Assert.Equal($"session={session.Id}; Path=/; HttpOnly; SameSite=Lax", SessionStore.ToSetCookie(session, isSecure: false));
    }

    [Fact]
    public void A_made_up_id_is_not_taken_over()
    {
        var site = new SessionSite(_host, new SessionSiteOptions());
        var answer = site.Answer("GET", "/", "session=AAAAAAAAAAAAAAAAAAAAAA");
        Assert.DoesNotContain("AAAAAAAAAAAAAAAAAAAAAA", Assert.Single(answer.SetCookies), StringComparison.Ordinal);
    }

    private sealed class MovableTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
