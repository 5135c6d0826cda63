# SPDX-License-Identifier: Apache-2.0
"""An XMPP client that is driven line by line: stanzas to send on standard input, those received on standard output."""
import asyncio
import signal
import sys

import slixmpp
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import StanzaPath


class User(slixmpp.ClientXMPP):
    def __init__(self, address, password, anchor):
        super().__init__(address, password)
        self.ca_certs = anchor
        # Whom to let see its presence is for the test to say.
        self.auto_authorize = None
        self.auto_subscribe = False
        for plugin in ("xep_0030", "xep_0115", "xep_0199"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", self.begin)
        for kind in ("message", "presence", "iq"):
            self.register_handler(Callback("show " + kind, StanzaPath(kind), self.show))

    async def begin(self, _):
        await self.get_roster()
        self.send_presence()
        self.say("signed in")
        stanzas = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stanzas), sys.stdin)
        async for line in stanzas:
            self.send_raw(line.decode().strip())
        self.disconnect()

    def show(self, stanza):
        self.say(str(stanza).replace("\n", " "))

    @staticmethod
    def say(line):
        print(line, flush=True)


address, password, port, anchor = sys.argv[1:]
user = User(address, password, anchor)
signal.signal(signal.SIGTERM, lambda *_: user.disconnect())
user.connect(("127.0.0.1", int(port)))
user.process(forever=False)
