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
	roleName = "QualysConnector"
)

var connected = []struct{ name, account string }{
	{"Production", "222222222222"},
	{"Development", "333333333333"},
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)

	// Central Security: the user, its key, and the registration at the connector service
	centralSecurity := stack(app, "CentralSecurity", security)
	apiUser := awssecretsmanager.Secret_FromSecretNameV2(centralSecurity, jsii.String("ApiUser"), jsii.String("qualys/api-user"))
	service := qualys.NewConnectorService(&qualys.ConnectorServiceProps{
		Platform: qualys.QualysPlatform_US_2(),
		// JSON with the fields username and password, of an API user with full scope
		Credentials: qualys.QualysCredentials_Basic(apiUser),
	})
	baseAccount := qualys.NewBaseAccount(centralSecurity, jsii.String("BaseAccount"), &qualys.BaseAccountProps{
		Service:  service,
		Title:    jsii.String("Central Security"),
		UserName: jsii.String("qualys-base-account"),
		Roles:    qualys.AssumableRoles_Named(jsii.String(roleName), &qualys.NamedRolesOptions{OrganizationId: jsii.String("o-a1b2c3d4e5")}),
	})
	qualys.NewBaseAccountAlarms(centralSecurity, jsii.String("Alarms"), &qualys.BaseAccountAlarmsProps{
		Registration: baseAccount.Registration(),
	})

	// Production and Development: the role that the service assumes. Its connector stands beside the service's credentials
	connectors := stack(app, "Connectors", security)
	for _, its := range connected {
		role := qualys.NewConnectorRole(stack(app, its.name, its.account), jsii.String("ConnectorRole"), &qualys.ConnectorRoleProps{
			RoleName:    jsii.String(roleName),
			Trust:       qualys.TrustPrincipal_OfUser(baseAccount.User()),
			ExternalId:  qualys.ExternalId_PerAccount(jsii.String("8317265094418823")),
			Permissions: qualys.ConnectorPermissions_SecurityPosture(nil),
		})
		qualys.NewConnector(connectors, jsii.String(its.name), &qualys.ConnectorProps{
			Service: service,
			Role:    role,
			Name:    jsii.String(its.name),
		})
	}

	app.Synth(nil)
}

func stack(app awscdk.App, name string, account string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(name), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	})
}
