"""How a member of staff comes in: password, second factor, passkeys, or the trust's own sign-in.

Nobody is signed in before the second factor: after the password there is only a session that knows
who is on the way (`on_the_way.py`). So no page needs to ask whether the second factor was given.
"""
