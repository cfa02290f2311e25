import { joined, type Piece, type Pieces, say } from '../../pieces.ts'

interface Line {
  name: string
  flow: 'export' | 'import'
  value: Piece
  change: Pieces
  share: Piece
  pull: Pieces
}

const flows = { export: '出口', import: '进口' }

/** What the monthly brief says. */
export const brief = {
  month: '月份',
  print: '打印',
  save: '导出 Word',
  saving: '正在生成',
  notSaved: '没有生成成功，请重试',
  none: '所选月份没有数据',
  noneNext: '请选择已导入的月份，或先导入该月数据。',
  title: (month: string, flow: string) => `${month}全市${flow}运行简报`,
  file: (month: string, flow: string) => `${month}${flow}运行简报.docx`,
  basis: (facts: { last: string; loaded: string; written: string }) =>
    `数据截至 ${facts.last}，${facts.loaded} 导入；${facts.written} 生成`,
  numbered: (number: number, part: string) => `${'一二三四五六七八九十'[number - 1]}、${part}`,
  query: '查询',
  parts: {
    overall: '总体情况',
    markets: '主要市场',
    products: '主要商品',
    forms: '贸易方式和新业态',
    firms: '企业',
    warnings: '预警',
    notes: '数据口径和说明',
  },
  /** Between two sentences. */
  between: '',
  noFigure: (part: string) => say`${part}：本期数据不能计算，原因见“数据口径和说明”。`,
  change: (direction: -1 | 0 | 1, rate: Piece) =>
    direction === 0 ? ['持平'] : say`${direction > 0 ? '增长' : '下降'} ${rate}`,
  pull: (direction: -1 | 0 | 1, points: Piece) => say`${direction < 0 ? '下拉' : '拉动'} ${points} 个百分点`,
  total: (facts: {
    months: string
    total: Piece
    change: Pieces
    exports: Piece
    exportsChange: Pieces
    imports: Piece
    importsChange: Pieces
    surplus: boolean
    balance: Piece
  }) =>
    say`${facts.months}，全市进出口总额 ${facts.total}，${facts.change.length > 0 ? say`同比${facts.change}` : ['上年同期无数据']}。其中，出口 ${facts.exports}${after('，', facts.exportsChange)}；进口 ${facts.imports}${after('，', facts.importsChange)}；贸易${facts.surplus ? '顺差' : '逆差'} ${facts.balance}。`,
  inMonth: (facts: { month: string; flow: string; value: Piece; change: Pieces; rolling: Pieces }) =>
    say`${facts.month}当月${facts.flow} ${facts.value}${after('，同比', facts.change)}${after('；近三个月合计同比', facts.rolling)}。`,
  pace: (facts: { before: string; direction: -1 | 0 | 1; points: Piece }) =>
    facts.direction === 0
      ? say`累计增速与 ${facts.before}持平。`
      : say`累计增速比 ${facts.before}${facts.direction > 0 ? '加快' : '回落'} ${facts.points} 个百分点。`,
  twoYears: (change: Pieces) => say`上年同月变动超过 20%，基数影响较大，当月两年平均${change}。`,
  monthTable: (flow: string) => `${flow}逐月情况`,
  columns: {
    period: '月份',
    value: (unit: string) => `金额（${unit}）`,
    yoy: '同比',
    ytd: (unit: string) => `累计（${unit}）`,
    ytdYoy: '累计同比',
    share: '占比',
    pull: '拉动（百分点）',
    inMonth: (month: string, unit: string) => `${month}当月（${unit}）`,
    monthYoy: '当月同比',
    change: (unit: string) => `增减（${unit}）`,
    before: (unit: string) => `上年同期（${unit}）`,
    stage: '类别',
    firms: '企业数',
    severity: '级别',
    subject: '内容',
    since: '触发',
    against: '金额与上年同期',
    owner: '处理人',
  },
  monthChart: (flow: string) => `${flow}逐月走势`,
  pullChart: (of: string, lines: number) => `${of}：拉动最大和下拉最大的各 ${lines} 项（百分点）`,
  topMarkets: (flow: 'export' | 'import', lines: readonly Pieces[]) =>
    say`前 ${String(lines.length)} 位${flow === 'export' ? '出口市场' : '进口来源地'}：${joined(lines, '；')}。`,
  market: (line: Line) =>
    say`${line.flow === 'export' ? '对' : '自'}${line.name}${flows[line.flow]} ${line.value}${after('，', line.change)}，占 ${line.share}${after('，', line.pull)}`,
  topProducts: (lines: readonly Pieces[]) =>
    say`前 ${String(lines.length)} 位商品（章）：${joined(lines, '；')}。`,
  product: (line: Line) =>
    say`${line.name}${flows[line.flow]} ${line.value}${after('，', line.change)}，占 ${line.share}${after('，', line.pull)}`,
  rcep: (line: Line) =>
    say`${line.flow === 'export' ? '对' : '自'} RCEP 其他成员国${flows[line.flow]} ${line.value}${after('，', line.change)}，占全市${flows[line.flow]}的 ${line.share}${after('，', line.pull)}。`,
  groups: (lines: readonly Pieces[]) => say`其中，${joined(lines, '；')}。`,
  pulls: (facts: { up: readonly Pieces[]; down: readonly Pieces[] }) =>
    say`${facts.up.length > 0 ? say`拉动较大的有${joined(facts.up, '、')}` : ['没有拉动增长的项目']}${
      facts.down.length > 0 ? say`；下拉较大的有${joined(facts.down, '、')}` : []
    }。`,
  pulled: (name: string, points: Piece) => say`${name}（${points} 个百分点）`,
  movers: (facts: { up: readonly Pieces[]; down: readonly Pieces[] }) =>
    say`按 8 位编码，${facts.up.length > 0 ? say`增加最多的是${joined(facts.up, '、')}` : ['没有增加的商品']}${
      facts.down.length > 0 ? say`；减少最多的是${joined(facts.down, '、')}` : []
    }。`,
  moved: (name: string, amount: Piece) => say`${name}（${amount}）`,
  moverTables: { up: '增加最多的商品', down: '减少最多的商品' },
  form: (line: Line) =>
    say`${line.name}${flows[line.flow]} ${line.value}${after('，', line.change)}，占 ${line.share}${after('，', line.pull)}`,
  forms: (lines: readonly Pieces[]) => say`${joined(lines, '；')}。`,
  newForms: (facts: { value: Piece; share: Piece }) =>
    say`跨境电商和市场采购两项新业态合计 ${facts.value}，占 ${facts.share}。`,
  firmCount: (facts: { flow: string; months: string; active: Piece; largest: number; share: Piece }) =>
    say`${facts.months}有${facts.flow}实绩的企业 ${facts.active} 家，前 ${String(facts.largest)} 家合计占 ${facts.share}。`,
  firmStages: (lines: readonly Pieces[]) => say`与上年同期比，${joined(lines, '；')}。`,
  firmStage: (name: string, firms: Piece, pull: Pieces) => say`${name} ${firms} 家${after('，', pull)}`,
  stages: {
    'first-time': '首次有业绩',
    returned: '恢复业绩',
    growing: '增长',
    steady: '持平',
    shrinking: '下降',
    exited: '停止',
    unnamed: '未列企业',
  } as Record<string, string>,
  unnamedFirms: '数据来源不含企业信息。',
  firmTable: '金额最大的企业',
  stageTable: '企业变动',
  warningCount: (facts: { last: string; open: Piece; bySeverity: readonly Pieces[]; unowned: Piece }) =>
    say`截至 ${facts.last}数据，未解除预警 ${facts.open} 条（${joined(facts.bySeverity, '、')}），其中未认领 ${facts.unowned} 条。`,
  severityCount: (severity: string, warnings: Piece) => say`${severity} ${warnings} 条`,
  noWarnings: (last: string) => `截至 ${last}数据，没有未解除的预警。`,
  moreWarnings: (rest: number) => `另有 ${rest} 条，见预警页面。`,
  warningTable: '未解除的预警',
  notes: {
    source: '数据为海关统计口径，取最新一版；与以前各期简报不一致的，以本期为准。点击数字可打开其查询。',
    janFeb: '1、2 月合并为一期：海关不单独发布 1 月数据，且春节时间变动。',
    revised: (months: readonly string[]) => `导入后修订过的月份：${months.join('、')}。`,
    notRevised: '本年和上年各月数据导入后没有修订。',
    currency: '美元和人民币金额均为海关公布数，不相互折算，两者增速可能不同。',
    pull: '拉动为本项增减额占全市上年同期总额的百分点，各项之和等于总增速；增速变动很小时不列贡献率。',
    unclassified: (share: Piece) => say`未列名和保密编码占 ${share}，计入总额，不单列商品。`,
    refused: (part: string, allowed: string) => `${part}未能计算：${allowed}。`,
  },
  /** What the answers say about themselves. */
  remarks: {
    'no-comparison': '上年同期数据不全，同比和拉动不计算。',
    'missing-period': '期间内有月份未导入，不在合计内。',
    'hs-edition-break': '两年的商品编码版本不同，按章以下比较可能有断点。',
    'partners-differ': '两年导入的国别（地区）不同，比较只供参考。',
    'spring-festival': '春节月份不同，1、2 月合并看。',
    'mode-reclassification': '跨境电商、市场采购等方式的货物可能由一般贸易改报而来，各贸易方式宜合并看。',
    'forms-not-stated': '数据来源只有贸易方式，跨境电商和市场采购含在其他贸易方式中。',
    'group-not-loaded': '“一带一路”共建国家名单未导入，不能按其汇总。',
    'overlapping-lines': '同一国家可属于几个区域组织，各项之和不等于总额。',
  } as Record<string, string>,
}

function after(mark: string, pieces: Pieces): Pieces {
  return pieces.length > 0 ? [mark, ...pieces] : []
}
