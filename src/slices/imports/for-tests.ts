import { strToU8, zipSync } from 'fflate'

/** A small Excel file as a spreadsheet writes it. A cell may be `{ f, v }`: a formula with its value; a number stays one. */
export type TestCell =
  | string
  | number
  | null
  | { readonly f: string; readonly v?: string; readonly error?: true }

export function anExcelFile(
  rows: readonly (readonly TestCell[])[],
  joined: readonly string[] = [],
): Uint8Array {
  const xml = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const cell = (value: TestCell, column: number, row: number) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`
    if (value === null) return ''
    if (typeof value === 'number') return `<c r="${place}" s="1"><v>${value}</v></c>`
    if (typeof value === 'string') return `<c r="${place}" t="inlineStr"><is><t>${safe(value)}</t></is></c>`
    const kind = value.error ? ' t="e"' : value.v === undefined ? '' : ' t="str"'
    return `<c r="${place}"${kind}><f>${safe(value.f)}</f>${value.v === undefined ? '' : `<v>${safe(value.v)}</v>`}</c>`
  }
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  return zipSync({
    '[Content_Types].xml': xml(
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    '_rels/.rels': xml(
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': xml(
      `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': xml(
      `<worksheet xmlns="${main}"><sheetData>${rows
        .map((row, at) => `<row r="${at + 1}">${row.map((each, n) => cell(each, n, at)).join('')}</row>`)
        .join('')}</sheetData>${
        joined.length > 0
          ? `<mergeCells count="${joined.length}">${joined.map(each => `<mergeCell ref="${each}"/>`).join('')}</mergeCells>`
          : ''
      }</worksheet>`,
    ),
  })
}
