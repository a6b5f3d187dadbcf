package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
	qualys "github.com/cdk-qualys-connectors/cdk-qualys-connectors-go/cdkqualysconnectors"
)

const (
	account  = "111111111111"
	roleName = "QualysConnector"
	userName = "qualys-base-account"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)

	// The role in every account of an organizational unit, and in those that join later
	roles := qualys.NewConnectorRoleStackSet(stack(app, "ConnectorRoles"), jsii.String("Roles"), &qualys.ConnectorRoleStackSetProps{
		OrganizationalUnits: jsii.Strings("ou-ab12-c3d4e5f6"),
		RoleName:            jsii.String(roleName),
		Trust:               qualys.TrustPrincipal_BaseAccount(jsii.String(account), &qualys.TrustedBaseAccountOptions{UserName: jsii.String(userName)}),
		ExternalId:          qualys.ExternalId_PerAccount(jsii.String("8317265094418823")),
		Permissions:         qualys.ConnectorPermissions_SecurityPosture(nil),
	})
	accounts := &[]qualys.ConnectedAccounts{roles.Accounts()}

	// Central Security: the base account, whose key is tried on all roles before the service has it
	centralSecurity := stack(app, "CentralSecurity")
	apiUser := awssecretsmanager.Secret_FromSecretNameV2(centralSecurity, jsii.String("ApiUser"), jsii.String("qualys/api-user"))
	service := qualys.NewConnectorService(&qualys.ConnectorServiceProps{
		Platform: qualys.QualysPlatform_US_2(),
		// JSON with the fields username and password, of an API user with full scope
		Credentials: qualys.QualysCredentials_Basic(apiUser),
	})
	baseAccount := qualys.NewBaseAccount(centralSecurity, jsii.String("BaseAccount"), &qualys.BaseAccountProps{
		Service:        service,
		Title:          jsii.String("Central Security"),
		UserName:       jsii.String(userName),
		Roles:          qualys.AssumableRoles_Named(jsii.String(roleName), &qualys.NamedRolesOptions{OrganizationId: jsii.String("o-a1b2c3d4e5")}),
		VerifyAccessTo: accounts,
	})
	qualys.NewBaseAccountAlarms(centralSecurity, jsii.String("Alarms"), &qualys.BaseAccountAlarmsProps{
		Registration: baseAccount.Registration(),
	})

	// A connector for each account
	connectors := stack(app, "Connectors")
	fleet := qualys.NewConnectorFleet(connectors, jsii.String("Fleet"), &qualys.ConnectorFleetProps{Service: service, Accounts: accounts})
	qualys.NewConnectorFleetAlarms(connectors, jsii.String("Alarms"), &qualys.ConnectorFleetAlarmsProps{Fleet: fleet})

	app.Synth(nil)
}

func stack(app awscdk.App, name string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(name), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("us-east-1")},
	})
}
