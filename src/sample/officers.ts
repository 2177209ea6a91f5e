import type { Officer } from '../domain/officer.ts'

/** The sample directory. Nobody of these exists: every family name says "example", "trial" or "made up". */
export const SAMPLE_OFFICERS: readonly Officer[] = [
  { id: 'importer', name: 'Мысалова Әлия Ерланқызы (үлгі)', role: 'importer' },
  { id: 'reviewer', name: 'Үлгібаев Дәулет Серікұлы (үлгі)', role: 'reviewer' },
  { id: 'reviewer2', name: 'Примерова Ольга Викторовна (образец)', role: 'reviewer' },
  { id: 'approver', name: 'Сынақбаева Гүлнар Маратқызы (үлгі)', role: 'approver' },
  { id: 'approver2', name: 'Образцов Игорь Павлович (образец)', role: 'approver' },
  { id: 'auditor', name: 'Эталонова Мария Сергеевна (образец)', role: 'auditor' },
  { id: 'admin', name: 'Болжамов Нұрлан Асқарұлы (үлгі)', role: 'admin' },
]
