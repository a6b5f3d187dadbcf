import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from '../../../private/notes';
import type { IBaseAccountRegistration } from '../../base-account-registration-attributes';

/** Notes that something in the app reads a metric of this registration. */
export function noteWatched(registration: IBaseAccountRegistration): void {
  const key = keyOf(registration);
  watched(registration).set(key, key);
}

/** Warns at the end of synthesis when nothing does: nobody would see a failed rotation, or a key that is not retired. */
export function watchForAlarms(registration: IBaseAccountRegistration): void {
  registration.node.addValidation({
    validate: () => {
      if (watched(registration).get(keyOf(registration)) === undefined) {
        // The warning is below the registration. Older versions of AWS CDK find an acknowledgement that came first only above the construct
        // of the warning.
        Annotations.of(registration.node.findChild('Resource')).addWarningV2('cdk-qualys-connectors:rotationWithoutAlarms',
          'the key is rotated, but no alarm or metric of this app looks at it: nobody would hear of a rotation that fails, or of an old key that goes on being used. Add '
          + 'BaseAccountAlarms, also in another app by BaseAccountRegistration.fromBaseAccountRegistrationAttributes(), and acknowledge this then');
      }
      return [];
    },
  });
}

function watched({ node }: IConstruct): Notes<string> {
  return new Notes(node.root, 'watched-registrations');
}

function keyOf({ platform, accountType }: IBaseAccountRegistration): string {
  return `${platform.apiServer} ${accountType.name}`;
}
