"""Everything `bin/demo` needs before the server starts: tables, the release, the made-up clinic."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sdmtool import demo
from sdmtool.access import Role


class Command(BaseCommand):
    help = "Prepares the demonstration clinic and prints how to get in. Needs SDM_DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", action="store_true", help="print the codes to sign in with")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is for a trial on one machine: start it with bin/demo.")
        if options["code"]:
            for email, code in demo.codes_now():
                self.stdout.write(f"    {email:<20} {code[:3]} {code[3:]}")
            return
        call_command("migrate", verbosity=0)
        call_command("import_profiles", verbosity=0)
        demo.seed()
        self._tell(f"http://127.0.0.1:{options['port']}")

    def _tell(self, address: str) -> None:
        told = demo.plan()
        say = self.stdout.write
        say(f"\n  Demonstration, not for care. Everybody in it is made up.\n\n  {address}/\n")
        say(f"  Sign in with the password:  {told['password']}\n")
        for account in told["accounts"]:
            role = Role(account["role"]).label
            say(f"    {account['email']:<20} {account['name']:<16} {role}, {account['clinic']}")
        say("\n  The second step asks for a code. In another window:  bin/demo code\n")
        say(f"\n  As a person with a letter:  {address}/i/")
        say(f"    code  {demo.live_code()}\n\n  Ctrl-C ends it.\n")
