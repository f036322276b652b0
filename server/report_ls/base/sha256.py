"""`sha256` of Python alone, as `random` of the standard library takes it.

That of `hashlib` comes with OpenSSL, which takes half as long to load as a report takes to be judged.
"""

from typing import TYPE_CHECKING

__all__ = ["sha256"]

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # Before Python 3.12.
        except ImportError:
            from hashlib import sha256  # Where Python was built without its own.
