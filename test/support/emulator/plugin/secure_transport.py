"""`aws:SecureTransport`: MiniStack serves plain http here, which the policy of CDK's bootstrap bucket denies.

AWS: clients use https. Every request is reported as such.
"""

import ministack.app

from .private_names import replace


def install():
    replace(ministack.app, "pin_request_origin", lambda pin: lambda source_ip, _secure_transport: pin(source_ip, True))
