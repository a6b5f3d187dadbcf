"""Asks the trust map of an assembly: review.py ASSEMBLY FOLDER"""

import sys

from cdk_qualys_connectors import TrustMap

trust_map = TrustMap.from_assembly(sys.argv[1])
assert trust_map.findings == []
assert trust_map.changes_since(trust_map) == []
trust_map.write(sys.argv[2])
for caller in trust_map.callers_of("QualysConnector"):
    sys.stdout.buffer.write(f"caller: {caller}\n".encode())
