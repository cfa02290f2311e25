/** Comparative advantage, specialisation and the product space: 竞争力. */
export const competitiveness = {
  title: '竞争力',
  year: '年份',
  answer: (facts: { year: string; strong: string; of: string; first: string | null }) =>
    `${facts.year} 年出口的 ${facts.of} 种商品中，${facts.strong} 种有比较优势（RCA > 1）` +
    (facts.first ? `，最强的是 ${facts.first}` : ''),
  answerOwn: (facts: { year: string; tsc: string; gl: string }) =>
    `${facts.year} 年贸易竞争力指数 TSC ${facts.tsc}，产业内贸易 GL ${facts.gl}；尚未导入世界数据，比较优势（RCA）暂不能算`,
  rca: {
    title: '显性比较优势',
    needs: '需要世界数据',
    needsNext: (year: string) =>
      `请导入各主要出口国 ${year} 年的出口数据（UN Comtrade 或 CEPII BACI，HS 六位，按年，美元）。导入后这里列出各商品的 RCA，并与增速对照。`,
    reason: '服务的答复',
    quadrants: '比较优势与增速：右上为强且在长，右下为强而在降',
    spoken: (points: number) => `${points} 种商品的散点图，横轴为对称比较优势 RSCA，纵轴为同比，数字见表`,
    x: 'RSCA（大于 0 即有优势）',
    y: '同比（%）',
    world: (datasets: string) => `世界 = 已导入各国之和：${datasets}`,
    rcep: (facts: { products: string; share: string; parties: string }) =>
      `有优势的 ${facts.products} 种商品（含企业不足 3 家、未列出的）占 RCEP 成员（${facts.parties}）进口的 ${facts.share}`,
  },
  own: {
    title: '进出口自身的竞争力指标',
    note: 'TSC =（出口 − 进口）÷（出口 + 进口），1 为只出不进；GL 越近 1，产业内贸易越多，随分类变粗而升高。',
  },
  space: {
    title: '产品空间：复杂度与邻近',
    needs: '需要产品复杂度',
    needsNext:
      '管理员可用命令 reference import complexity 导入已发布的产品复杂度（CSV：product,pci），或导入各国 × 商品出口表由系统求解（CSV：country,product,value）。城市只投影，不单独求解。',
    reason: '服务的答复',
    answer: (facts: { eci: string; weighted: string; coverage: string }) =>
      `城市复杂度 ${facts.eci}（有优势商品的平均），按出口加权 ${facts.weighted}，覆盖出口的 ${facts.coverage}`,
    spoken: (points: number) =>
      `${points} 种商品的散点图，横轴为密度，纵轴为复杂度，圆的大小为出口额，数字见表`,
    x: '密度（与已有优势商品的邻近）',
    y: '复杂度 PCI',
    strong: '有优势',
    weak: '无优势',
    from: (origin: string, edition: string) => `复杂度来自 ${origin}（HS ${edition}）`,
  },
  columns: {
    product: '商品',
    exports: '出口',
    imports: '进口',
    firms: '企业数',
    yoy: '同比',
    rca: 'RCA',
    rsca: 'RSCA',
    tsc: 'TSC',
    gl: 'GL',
    pci: 'PCI',
    density: '密度',
  },
  notes: { 'few-firms': '企业不足 3 家，不显示', 'no-trade': '无法计算' } as Record<string, string>,
  formulas: {
    rca: 'RCA =（本市该商品出口 ÷ 本市出口）÷（世界该商品出口 ÷ 世界出口）；RSCA =（RCA − 1）÷（RCA + 1）',
    tsc: 'TSC =（x − m）÷（x + m）',
    gl: 'GL = 1 − |x − m| ÷（x + m）；合计为 1 − Σ|x − m| ÷ Σ(x + m)',
    projection:
      '城市复杂度 = 有优势（RCA ≥ 1）商品 PCI 的平均；密度 = 与已有优势商品的邻近之和 ÷ 全部邻近之和',
  },
}
