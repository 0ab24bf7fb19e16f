namespace Fathom.Cli.Labs.Shell;

/// <summary>What the shell understands.</summary>
internal static class ShellHelp
{
    public const string Text = """
          any fathom command    on the current host: ping www.example.com, check, dns …
          COMMAND &             the same beside what follows: a server; jobs, kill N
          @HOST [COMMAND]       go to a host; or run one command there
          break CAUSE[@PLACE]   put a fault in; 'fathom lab faults' lists them
          mend [CAUSE[@PLACE]]  take it off; all of them
          faults                what is broken now
          hosts                 who is there, with addresses
          step [N]              let the next N events happen, and show their packets
          run TIME              let time pass: run 2s, run 50ms
          next [N]              what is going to happen
          time                  the lab's time
          rewind N | TIME       undo the last N commands; or back to a time
          history               the commands since the beginning
          watch on | off        show packets while commands run
          show                  the topology
          capture FILE | off    save all frames from here on (pcapng)
          hash                  a hash over all that happened: equal hashes, equal packets
          help, quit

        """;
}
