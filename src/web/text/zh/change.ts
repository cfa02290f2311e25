/** Why trade changed: 为什么变. */
export const change = {
  title: '为什么变',
  all: '全部',
  against: (span: string, before: string) => `${span} 与 ${before} 相比`,
  answer: (facts: { months: string; flow: string; value: string; yoy: string | null; pulls: string[] }) =>
    `${facts.months}${facts.flow} ${facts.value}` +
    (facts.yoy === null ? '，上年同期无数据，无法比较' : `，同比 ${facts.yoy}`) +
    (facts.pulls.length > 0 ? `：${facts.pulls.join('，')}` : ''),
  pulls: {
    product: (name: string, pull: string) => `商品中 ${name} 拉动 ${pull} 个百分点`,
    partner: (name: string, pull: string) => `市场中 ${name} 拉动 ${pull} 个百分点`,
    firm: (name: string, pull: string) => `企业中 ${name} 拉动 ${pull} 个百分点`,
  },
  filters: '只看',
  who: {
    title: '谁拉动的',
    by: { hs2: '商品', partner: '国别（地区）', enterprise: '企业' },
    of: '拉动来自',
    rest: (lines: number) => `其余 ${lines} 项`,
    whole: '合计',
    unit: '百分点',
    spoken: (largest: string, total: string) =>
      `拉动瀑布图，最大一项 ${largest}，合计 ${total} 个百分点，数字见表`,
    name: '项目',
  },
  tree: {
    title: '逐层分解：章、商品、企业',
    before: '上年同期',
    after: '本期',
    difference: '增减',
    name: '章 / 商品 / 企业',
    sum: '下级各项之和恰等于上级，最上一级之和恰等于合计增减。',
  },
  price: {
    title: '价格与数量',
    covered: (share: string) =>
      `价格以单位价值代替（商品 × 国别 × 监管方式 × 计量单位），覆盖本期金额的 ${share}。`,
    none: '没有一个商品两期都有同一单位的数量，算不出价格指数。',
    index: '费氏指数',
  },
  margins: {
    title: '存量、新增与退出',
    note: (months: string) =>
      `按商品 × 国别 × 企业逐格看；只在不足 ${months} 个月里出现的，算作偶发，不算新市场。`,
    cells: '格数',
  },
  firms: {
    title: '谁在升、谁在降',
    risers: '增加最多的商品',
    fallers: '减少最多的商品',
    firstTime: (count: string) => `首次有实绩的企业（${count} 家）`,
    silent: (count: string) => `本期没有实绩的企业（${count} 家）`,
    none: '没有',
  },
  cms: {
    title: '恒定市场份额（世界、产品、市场与竞争力）',
    of: (years: string) => `${years} 全年，以已导入的进口国数据为世界`,
    needs: '需要世界数据',
    needsNext: (years: string) =>
      `请导入各主要市场 ${years} 两年的进口数据（UN Comtrade 或 CEPII BACI，HS 六位，按年，美元），导入后这里会说明增减有多少来自世界需求、产品结构、市场结构和自身竞争力。`,
    reason: '服务的答复',
  },
  parts: {
    price: '价格',
    quantity: '数量',
    uncovered: '未覆盖',
    continuing: '存量（两期都有）',
    entering: '新增',
    exiting: '退出',
    occasional: '偶发',
    world: '世界需求',
    product: '产品结构',
    market: '市场结构',
    competitiveness: '竞争力',
  } as Record<string, string>,
  part: '部分',
  difference: '增减',
  formulas: {
    pull: '拉动 =（本期 − 上年同期）÷ 合计上年同期 × 100，单位百分点；各项按最大余数取整，之和恰等于合计增速',
    tree: '每一级的增减都是精确相减；拉动以最下级为准，逐级相加',
    price: '费氏价格指数 = √（拉氏 × 帕氏）；价格影响 = Σ½(q₀+q₁)(p₁−p₀)，数量影响为其余',
    margins: '存量：两期都有的格；新增、退出：只有一期有，且出现的月数够多；各部分之和恰等于合计增减',
    cms: '世界需求 gX₀，产品结构 Σ(gₖ−g)xₖ，市场结构 Σ(gₖⱼ−gₖ)xₖⱼ，竞争力为其余；以基年为权数，先产品后市场',
    movers: '两期都有的商品按增减额排序；首次：此前已导入的各期都没有；没有实绩：上年同期有、本期没有',
  },
  warnings: {
    'half-of-january-february': '只含 1 月或 2 月：春节时间变动，请 1、2 月合并看。',
    'world-data': '世界只含已导入的市场，按两边都有的最细一级商品计算。',
    'unit-values': '单位价值不等于价格：同一编码内档次变化也会反映在“价格”里。',
    'no-index': '没有可用的数量，价格与数量分不开。',
    'fob-against-cif': '出口按离岸价、各市场进口按到岸价，可比增速，不可比水平。',
    'hs-edition-break': '两期的商品编码版本不同，个别编码有拆并。',
    'partners-differ': '两期导入的国别（地区）不同，合计不可比。',
  } as Record<string, string>,
}
