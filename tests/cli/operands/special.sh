# SPDX-License-Identifier: Apache-2.0
# A FIFO and a socket are refused and not waited for.
. "$HS_LIB"
mkdir a
mkfifo fifo
"$HS_PYTHON" -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")' || skip "no sockets"
status timeout 10 "$HASHOSCOPE" ./fifo a
status timeout 10 "$HASHOSCOPE" a socket
status timeout 10 "$HASHOSCOPE" inspect fifo
