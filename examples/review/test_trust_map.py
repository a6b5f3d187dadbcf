"""With pytest, for an app in any language: what `cdk synth` wrote is asked who may become whom."""

from cdk_qualys_connectors import TrustMap

trust_map = TrustMap.from_assembly("cdk.out")


def test_the_connector_roles_let_in_the_user_of_the_base_account_and_nobody_else():
    assert trust_map.callers_of("QualysConnector") == [
        "Base account 111111111111, user qualys-base-account, with external ID 8317265094418823‹account›",
    ]


def test_nothing_is_to_look_at():
    assert trust_map.findings == []
