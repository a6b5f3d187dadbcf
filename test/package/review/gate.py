"""An app with a role that is open without EXTERNAL_ID, and with the review."""

import os

from aws_cdk import App, Environment, Stack, Validations
from aws_cdk.aws_iam import AccountPrincipal, Role
from cdk_qualys_connectors import TrustReview

app = App()
Validations.of(app).add_plugins(TrustReview(directory="reviewed"))
stack = Stack(app, "Member", env=Environment(account="222222222222", region="us-east-1"))
external_id = os.environ.get("EXTERNAL_ID")
Role(
    stack, "Scanner", role_name="scanner", assumed_by=AccountPrincipal("888888888888"),
    external_ids=[external_id] if external_id else None,
)
app.synth()
