import { awsError } from './account';
import type { Service } from './aws';

export const sns: Service = {
  Publish: ({ topics, published }, { TopicArn, Subject = '', Message }) => {
    if (!topics.has(TopicArn)) throw awsError('NotFoundException', 'Topic does not exist');
    if (Subject.length > 100 || /[\n\r]/.test(Subject)) throw awsError('InvalidParameterException', 'Invalid parameter: Subject');
    published.push({ topic: TopicArn, subject: Subject, message: Message });
    return { MessageId: String(published.length) };
  },
};
