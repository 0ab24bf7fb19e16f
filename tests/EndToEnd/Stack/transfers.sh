#!/usr/bin/env bash
# The long transfers between the kernel's TCP and Fathom's, every octet compared, and ten thousand connections; a table on standard output.
# `tests/EndToEnd/Stack/transfers.sh [FATHOM]`; needs root, /dev/net/tun, nft, python3, and .NET's SDK. LONG, MIDDLE, SHORT are lengths in MiB (1024, 64, 1); PARTS is what is done
# ("transfers loss many"). Takes some minutes.
set -euo pipefail
parts=${PARTS:-transfers loss many}
root=$(cd "$(dirname "$0")/../../.." && pwd)
[ -n "${INSIDE:-}" ] || [[ $parts != *many* ]] || dotnet build "$root/bench/stack-clients.cs" -c Release -o "$root/artifacts/stack-clients" -v q >&2
fathom=$(readlink -f "${1:-artifacts/aot/fathom}")
[ -n "${INSIDE:-}" ] || exec env INSIDE=1 unshare -n bash "$root/tests/EndToEnd/Stack/transfers.sh" "$fathom"
work=$(mktemp -d); cd "$work"; trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
ip link set lo up
long=$((${LONG:-1024} << 20)) middle=$((${MIDDLE:-64} << 20)) short=$((${SHORT:-1} << 20))

cat > transfer.py <<'EOF'
# up HOST LENGTH: to echo and back, compared on the way. down HOST LENGTH: from the page, compared. Prints seconds.
import socket, sys, threading, time
way, host, length = sys.argv[1], sys.argv[2], int(sys.argv[3])
period = bytes(range(251)) * 4096
def expected(at, count):
    at %= 251
    return memoryview(period)[at:at + count]
start = time.monotonic()
if way == 'up':
    s = socket.create_connection((host, 7), timeout=600)
    def send():
        at = 0
        while at < length:
            count = min(1 << 19, length - at); s.sendall(expected(at, count)); at += count
        s.shutdown(socket.SHUT_WR)
    threading.Thread(target=send, daemon=True).start()
else:
    s = socket.create_connection((host, 80), timeout=600)
    s.sendall(b'GET /bytes/%d HTTP/1.0\r\n\r\n' % length)
    head = b''
    while not head.endswith(b'\r\n\r\n'): head += s.recv(1)
at = 0; buffer = bytearray(1 << 19); view = memoryview(buffer)
while True:
    count = s.recv_into(buffer)
    if count == 0: break
    if view[:count] != expected(at, count): sys.exit('different within %d octets from %d on' % (count, at))
    at += count
if at != length: sys.exit('%d of %d octets' % (at, length))
print('%.2f' % (time.monotonic() - start))
EOF
cat > many.py <<'EOF'
import socket
for i in range(10000):
    s = socket.create_connection(('10.77.0.2' if i % 2 else 'fd77::2', 7), timeout=60)
    s.sendall(b'x'); s.recv(1); s.close()
EOF

up() { # ARGS…
  "$fathom" host up --tun ft0 --address 10.77.0.2/24 --peer-address 10.77.0.1/24 --serve echo,http --output ndjson "$@" > up 2> up.err &
  host=$!
  for _ in $(seq 400); do grep -q '"event":"up"' up && return; sleep 0.05; done
  cat up.err >&2; exit 1
}
six() { [ "$1" -lt 1280 ] || echo "--address fd77::2/64 --peer-address fd77::1/64"; }
down() { kill -TERM $host; wait $host; nft flush ruleset; }
row() { # MTU OFFLOADS LOSS HOST LENGTH
  for way in up down; do
    seconds=$(python3 transfer.py $way "$4" "$5" 2>&1) || seconds="**$seconds**"
    echo "| $1 | $2 | $3 % | $4 | $([ $way = up ] && echo 'there and back' || echo down) | $(($5 >> 20)) MiB | $seconds |"
  done
}
echo "| MTU | offloads | loss each way | to | way | octets | seconds |"; echo "|---|---|---|---|---|---|---|"
[[ $parts != *transfers* ]] || for mode in vnet no-vnet; do
  for mtu in 576 1500 9000 65520; do
    up --mtu $mtu --$mode $(six $mtu)
    row $mtu $mode 0 10.77.0.2 $([ $mtu = 1500 ] && echo $long || echo $middle)
    [ $mtu -lt 1280 ] || row $mtu $mode 0 fd77::2 $middle
    down
  done
done
[[ $parts != *loss* ]] || for loss in 1 5 20; do
  up --mtu 1500 --no-vnet $(six 1500)
  nft "add table inet l; add chain inet l i { type filter hook input priority 0; }; add chain inet l o { type filter hook output priority 0; }
    add rule inet l i iifname ft0 meta l4proto tcp numgen random mod 100 < $loss drop; add rule inet l o oifname ft0 meta l4proto tcp numgen random mod 100 < $loss drop"
  for host_address in 10.77.0.2 fd77::2; do row 1500 no-vnet $loss $host_address $([ $loss = 20 ] && echo $short || { [ $loss = 5 ] && echo $((middle / 16)) || echo $middle; }); done
  down
done
[[ $parts = *many* ]] || exit 0
up $(six 1500); python3 many.py; sleep 1; down
echo; echo "10,000 connections of the kernel's: $(tail -1 up | python3 -c 'import json, sys; d = json.load(sys.stdin); print("served", sum(s["count"] for s in d["services"] if s["transport"] == "tcp"), "open at the end", d["tcp"]["open"], "frames lost", d["frames"]["lost"])')"
cat > serve.py <<'EOF'
import socket
l = socket.create_server(('0.0.0.0', 7000), backlog=128)
while True:
    s, _ = l.accept(); s.sendall(s.recv(1)); s.recv(1); s.close()
EOF
python3 serve.py & server=$!
echo; echo "10,000 connections of Fathom's:"; dotnet "$root/artifacts/stack-clients/stack-clients.dll" ft1 10.79.0.2 10.79.0.1 7000 10000
echo "left in the kernel: $(ss -Htan state established state close-wait state last-ack sport = :7000 | wc -l)"
kill $server
