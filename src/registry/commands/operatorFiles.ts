import { manifestText } from '../../contract/registry/operatorFiles.ts'
import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { readHead } from '../db/log/queries.ts'
import { addFile, addReceipt, fileById, nextNo, setAccess, setTemplate } from '../db/operator/queries.ts'
import type { Handler } from './act.ts'

/** Notes a file made for an operator and signs its manifest, so that he can tell it and its receipt can be matched. */
export const issueOperatorFile: Handler<'issue-operator-file'> = async (act, { manifest, ...head }) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'operator-file')
  if (!role.ok) return role
  act.about(head.name)
  await holdFacts(tx)
  const { head: last } = await readHead(tx)
  if (head.seq > last) return refused('seq-unknown', { seq: head.seq, head: last })
  if (await fileById(tx, head.file)) return refused('command-changed', { command: actor.command })
  const no = await nextNo(tx, 'operator_file')
  const by = actor.officer.id
  await addFile(tx, { no, id: head.file, operator: head.operator, doc: head, manifest, by, at: actor.now })
  act.event('operator-file-issued', { ...head, no, at: actor.now, by, command: actor.command })
  const { id: key } = act.signer
  return done({ file: head.file, no, key, signature: act.signer.sign(manifestText(manifest)) })
}

/** Writes down what an operator said of a file: what is in his EIR, what he refused, what he did not name. */
export const recordReceipt: Handler<'record-receipt'> = async (act, receipt) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'receipt')
  if (!role.ok) return role
  await holdFacts(tx)
  const file = await fileById(tx, receipt.file)
  if (!file) return refused('receipt-unknown-file', { file: receipt.file })
  const { name, rows } = file.doc
  act.about(name)
  if (file.operator !== receipt.operator)
    return refused('receipt-other-operator', { operator: receipt.operator, file: name, owner: file.operator })
  if (receipt.applied + receipt.refused + receipt.missing !== rows)
    return refused('receipt-unreadable', {
      file: name,
      why: `${rows} ≠ ${receipt.applied + receipt.refused + receipt.missing}`,
    })
  const no = await nextNo(tx, 'receipt')
  const by = actor.officer.id
  await addReceipt(tx, { ...receipt, no, id: receipt.receipt, file: file.no, by, at: actor.now })
  act.event('receipt-recorded', { ...receipt, no, fileNo: file.no, at: actor.now, by, command: actor.command })
  return done({ receipt: receipt.receipt, no })
}

/** How an operator's EIR wants its files from now on. */
export const setOperatorTemplate: Handler<'set-operator-template'> = async (act, { operator, template }) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'operator-file')
  if (!role.ok) return role
  act.about(operator)
  await setTemplate(tx, operator, template)
  act.event('operator-template-set', { operator, template, by: actor.officer.id, command: actor.command })
  return done({ operator })
}

/** Lets an operator pull his files with a token, or no longer. */
export const grantOperator: Handler<'grant-operator'> = async (act, { operator, token }) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'administer')
  if (!role.ok) return role
  act.about(operator)
  await setAccess(tx, operator, token)
  act.event('operator-granted', { operator, open: token !== null, by: actor.officer.id, command: actor.command })
  return done({ operator })
}
