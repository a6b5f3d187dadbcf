package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
	qualys "github.com/cdk-qualys-connectors/cdk-qualys-connectors-go/cdkqualysconnectors"
)

const (
	region   = "us-east-1"
	security = "111111111111"
	userName = "qualys-base-account"
	roleName = "QualysConnector"
)

var connected = map[string]string{"Production": "222222222222", "Development": "333333333333"}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	baseAccount(stack(app, "CentralSecurity", security))
	for name, account := range connected {
		connectorRole(stack(app, name, account))
	}
	app.Synth(nil)
}

// Central Security: the user, its key, and the registration at the connector service.
func baseAccount(centralSecurity awscdk.Stack) {
	apiUser := awssecretsmanager.Secret_FromSecretNameV2(centralSecurity, jsii.String("ApiUser"), jsii.String("qualys/api-user"))
	service := qualys.NewConnectorService(&qualys.ConnectorServiceProps{
		Platform: qualys.QualysPlatform_US_2(),
		// JSON with the fields username and password, of an API user with full scope
		Credentials: qualys.QualysCredentials_Basic(apiUser),
	})
	qualys.NewBaseAccount(centralSecurity, jsii.String("BaseAccount"), &qualys.BaseAccountProps{
		Service:  service,
		Title:    jsii.String("Central Security"),
		UserName: jsii.String(userName),
		Roles:    qualys.AssumableRoles_Named(jsii.String(roleName), &qualys.NamedRolesOptions{OrganizationId: jsii.String("o-a1b2c3d4e5")}),
	})
}

// Production and Development: the role that the service assumes.
func connectorRole(connected awscdk.Stack) {
	qualys.NewConnectorRole(connected, jsii.String("ConnectorRole"), &qualys.ConnectorRoleProps{
		RoleName:    jsii.String(roleName),
		Trust:       qualys.TrustPrincipal_BaseAccount(jsii.String(security), &qualys.TrustedBaseAccountOptions{UserName: jsii.String(userName)}),
		ExternalId:  qualys.ExternalId_PerAccount(jsii.String("8317265094418823")),
		Permissions: qualys.ConnectorPermissions_SecurityPosture(nil),
	})
}

func stack(app awscdk.App, name string, account string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(name), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	})
}
