/** Goods that are priced alike: eight-digit codes of the 2022 list, US dollars a kilogram, kilograms a unit of the other quantity. */
export interface ProductGroup {
  readonly codes: readonly string[]
  readonly usdPerKg: number
  readonly kgPerPiece: number
}

export interface Industry {
  readonly name: string
  /** How its firms are called, without the fancy name before it. */
  readonly suffix: string
  readonly firms: number
  /** Share of the city's exports. */
  readonly share: number
  readonly growthPerYear: number
  /** Standard deviation of the logarithm of a month's value. */
  readonly noise: number
  /** Relative weight of January … December, Spring Festival aside. */
  readonly season: readonly number[]
  /** ISO2 or customs code and weight. */
  readonly markets: string
  readonly products: readonly ProductGroup[]
}

const flat = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
const winterGoods = [0.9, 0.8, 0.7, 0.7, 0.8, 1, 1.25, 1.35, 1.4, 1.25, 1, 0.9]
const secondHalf = [0.95, 0.9, 0.95, 0.95, 0.95, 1, 1, 1.05, 1.1, 1.1, 1.05, 1]

function group(codes: string, usdPerKg: number, kgPerPiece = 1): ProductGroup {
  return { codes: codes.split(' '), usdPerKg, kgPerPiece }
}

/** What the city makes: an inland place of tea, feathers, bamboo, garments, and newer electronics and machinery. */
export const industries: readonly Industry[] = [
  {
    name: 'tea',
    suffix: '茶业',
    firms: 11,
    share: 0.045,
    growthPerYear: 0.05,
    noise: 0.4,
    season: [0.7, 0.7, 0.9, 1.2, 1.5, 1.4, 1.2, 1, 0.9, 0.9, 0.8, 0.8],
    markets: 'MA:9 UZ:5 DZ:4 SN:4 JP:4 RU:3 HK:4 US:2 DE:2 GH:3 MY:3 VN:2 TH:2 FR:1 AE:1 MR:2',
    products: [
      group('09021010 09022010', 7.5),
      group('09021090 09022090', 4.8),
      group('09023010 09024010', 9),
    ],
  },
  {
    name: 'food',
    suffix: '食品',
    firms: 16,
    share: 0.09,
    growthPerYear: 0.04,
    noise: 0.4,
    season: [0.9, 0.9, 1.2, 1.2, 1, 0.9, 0.9, 0.9, 1, 1.1, 1.1, 1],
    markets: 'JP:14 KR:9 VN:8 TH:7 MY:6 SG:3 HK:7 ID:4 US:6 DE:4 NL:3 PH:3 AU:3 CA:2 TW:2 RU:2 MO:1',
    products: [
      group('07123100 07123200 07123400 07123920', 13),
      group('07129010 07129020 07129040 07129050', 3.6),
      group('07095400 07099910', 2.6),
      group('08023100 08023200 08024110 08024210', 3.4),
      group('08052900 08055000', 1.1),
      group('09101100 09101200', 1.7),
      group('12119013 12119016 12119018 12119023 12119024 12119029', 8),
      group('20031011 20039010 20055111 20059110 20059190 20059940 20059960', 1.9),
      group('20081120 20081991 20083010 20087010 20089940', 1.6),
    ],
  },
  {
    name: 'down',
    suffix: '羽绒制品',
    firms: 14,
    share: 0.12,
    growthPerYear: 0.04,
    noise: 0.35,
    season: winterGoods,
    markets: 'US:15 JP:13 DE:8 KR:7 VN:8 GB:4 FR:4 IT:4 AU:3 CA:4 RU:4 NL:2 PL:2 BD:2 NZ:1',
    products: [
      group('05051000 05059010', 22),
      group('94043010 94043090', 11, 1.6),
      group('94044010', 19, 1.8),
      group('94044020 94044030', 21, 1.7),
      group('94044040 94044090', 6.5, 2),
      group('94049040 94049090', 5.5),
    ],
  },
  {
    name: 'garments',
    suffix: '服饰',
    firms: 22,
    share: 0.15,
    growthPerYear: -0.03,
    noise: 0.35,
    season: [0.95, 0.85, 0.8, 0.85, 0.95, 1.1, 1.2, 1.25, 1.15, 1, 0.95, 0.95],
    markets: 'US:16 JP:15 DE:7 KR:7 GB:5 FR:4 ES:3 AU:5 VN:3 KH:2 MM:2 KZ:2 KG:2 CL:2 AE:2 RU:3 MY:2 TW:1',
    products: [
      group('61033200 61034200 61034300 61043200 61044200 61046200 61046300', 14, 0.35),
      group('61051000 61052000 61061000 61062000', 16, 0.2),
      group('61159500 61159600 61159900', 10, 0.05),
      group('62033200 62033300 62043200 62043300', 18, 0.6),
      group('62034290 62034390 62046200 62046300', 14, 0.45),
      group('62044200 62044300 62044400 62045200 62045300', 19, 0.35),
      group('62052000 62053000 62063000 62064000', 18, 0.22),
      group('62101030', 9, 0.1),
      group('63022110 63022210 63023191 63023192 63026010', 7, 0.7),
    ],
  },
  {
    name: 'wood',
    suffix: '竹木',
    firms: 20,
    share: 0.14,
    growthPerYear: 0.06,
    noise: 0.3,
    season: secondHalf,
    markets: 'US:14 JP:8 VN:6 DE:6 AU:6 KR:6 GB:5 MY:5 FR:3 NL:3 CA:3 TH:3 AE:2 SA:2 NZ:2 PH:2 MX:2 ZA:1',
    products: [
      group('44182900 44187320 44187500 44187900 44189100', 1.9),
      group('44191100 44191210 44191290 44191900 44199090', 3.1),
      group('44201912 44201990 44209010', 6.5),
      group('44211000 44219190 44219990', 2.4),
      group('46021100 46021200 46021930', 4.6),
      group('94015200 94015300 94016190 94016900', 4.4, 8),
      group('94033000 94034000 94035099', 2.7, 30),
      group('94036099', 2.6, 18),
      group('94038200 94038300', 3.6, 12),
      group('94039100', 2.2),
    ],
  },
  {
    name: 'electronics',
    suffix: '电子科技',
    firms: 24,
    share: 0.22,
    growthPerYear: 0.14,
    noise: 0.3,
    season: secondHalf,
    markets: 'HK:16 US:11 VN:13 KR:8 JP:7 TH:6 MY:6 IN:6 DE:5 MX:5 TW:5 SG:3 ID:4 PH:3 BR:2 HU:2 PL:1 TR:1',
    products: [
      group('85043110 85044019 85044020 85044030 85044099 85045000', 17, 0.5),
      group('85049019', 9),
      group('85076000 85079090', 15, 1.2),
      group('85131010 85131090', 9, 0.2),
      group('85176232 85176236 85176294 85177950', 48, 0.35),
      group('85181000 85182100 85182900 85184000 85189000', 19, 0.25),
      group('85299081 85299042', 26),
      group('85322290 85322410 85322590 85329090', 38, 0.8),
      group('85334000', 30, 0.6),
      group('85340010 85340090', 42, 0.02),
      group('85364190 85365000 85366100', 17, 0.03),
      group('85395100 85395210 85395220', 13, 0.1),
      group('85412900 85414100 85415900', 95, 0.0004),
      group('85423990', 420, 0.0005),
      group('85442000 85444911', 11, 0.05),
    ],
  },
  {
    name: 'machinery',
    suffix: '机械',
    firms: 18,
    share: 0.11,
    growthPerYear: 0.1,
    noise: 0.45,
    season: flat,
    markets:
      'RU:7 VN:9 ID:8 TH:7 IN:6 MY:5 PH:5 KZ:4 UZ:3 US:5 DE:3 BR:4 MX:3 ZA:3 NG:3 EG:2 SA:3 AE:3 KH:2 LA:2 MM:2 BD:2 PE:1 CL:1 TR:2',
    products: [
      group('84136021 84136029 84136090 84138100 84139100', 9, 14),
      group('84144000 84145193 84145930 84145990 84148049', 8, 9),
      group('84244100 84244900', 5.5, 4),
      group('84322100 84323131 84323919 84329000', 4.5, 160),
      group('84335100 84335200 84335990', 6, 900),
      group('84385000 84386000 84389000', 9, 210),
      group('84813000 84814000 84818040 84818090 84819010', 8.5, 1.8),
      group('84821020 84829900 84834020 84835000', 6.5, 1.1),
      group('84672100 84672290 84672990', 11, 2.2),
    ],
  },
  {
    name: 'vehicle parts',
    suffix: '汽车零部件',
    firms: 9,
    share: 0.05,
    growthPerYear: 0.09,
    noise: 0.3,
    season: flat,
    markets: 'US:8 RU:6 JP:5 DE:6 MX:6 TH:5 ID:4 MY:4 KR:3 BR:3 AE:3 IR:1 AU:3 VN:3',
    products: [
      group('87081000 87082930 87082952 87083010 87089949', 6.2),
      group('87089110 87089190', 7.5, 3.4),
    ],
  },
  {
    name: 'chemicals',
    suffix: '生物科技',
    firms: 8,
    share: 0.035,
    growthPerYear: 0.02,
    noise: 0.4,
    season: flat,
    markets: 'IN:6 US:5 JP:4 DE:4 BR:5 TH:4 VN:4 ID:4 NL:3 KR:3 AR:2 AU:2 PK:2',
    products: [
      group('29181400 29181500 29224110 29224220 29224919', 2.6),
      group('29362700 29362800', 6),
      group('38089111 38089119 38089210 38089319', 5),
    ],
  },
  {
    name: 'household',
    suffix: '日用品进出口',
    firms: 14,
    share: 0.04,
    growthPerYear: 0.03,
    noise: 0.45,
    season: [0.95, 0.8, 0.85, 0.9, 1, 1.1, 1.25, 1.3, 1.15, 1, 0.85, 0.85],
    markets:
      'US:12 AE:5 SA:4 GB:5 DE:5 MX:5 BR:4 VN:5 PH:5 MY:5 TH:4 NG:4 KE:2 GH:2 CL:3 PE:2 AU:3 JP:4 ZA:3 CO:2 IQ:2 KR:2 ID:3 NZ:1',
    products: [
      group('34060000', 3.2),
      group('39241000 39261000 39264000 39269090', 4),
      group('42021210 42022900', 8, 1.1),
      group('48191000 48194000', 1.7),
      group('64029929', 8, 0.7),
      group('66011000 66019100 66019900', 5, 0.5),
      group('69111019 69120010', 2.4),
      group('70133700 70134900', 1.8),
      group('82111000 82119200', 9, 0.5),
      group('95030021 95030060 95030083 95030089', 9, 0.4),
      group('95051000', 5),
      group('95066210 95069119', 4.6, 0.4),
      group('99000000', 6),
    ],
  },
]

/** What the city buys, by the industry that needs it; the share is of the city's imports. */
export const purchases: readonly Industry[] = [
  purchase('wood', 0.2, 'RU:9 NZ:8 US:4 DE:4 TH:6 CA:4 BR:3 ID:4 MY:3 LA:2 MM:2', [
    group('44071190 44079400 44079990', 0.55, 600),
    group('44039960 44032190', 0.3, 800),
    group('47032100 47032900', 0.75),
  ]),
  purchase('food', 0.16, 'TH:10 VN:9 BR:8 AU:5 NZ:6 US:4 FR:3 CL:3 ID:5 MY:4 AR:2', [
    group('08106000', 5.2),
    group('02032900', 2.4),
    group('20089700', 2.1),
    group('22042100', 5.5, 1),
    group('12019019', 0.55),
  ]),
  purchase('down', 0.05, 'HU:4 PL:3 UA:2 VN:6 FR:2 CA:1 TH:2', [group('05051000', 20)]),
  purchase('garments', 0.09, 'JP:6 KR:7 TW:6 IT:4 VN:5 US:3 BR:3 AU:2', [
    group('52010000', 2.1),
    group('54075200 55151900', 9, 5),
    group('60063200', 8),
  ]),
  purchase('electronics', 0.36, 'TW:14 KR:11 JP:10 MY:8 VN:7 TH:4 PH:4 US:4 DE:3 SG:4 142:5', [
    group('85423990 85423290', 900, 0.0005),
    group('85322410', 90, 0.4),
    group('85340010', 60, 0.02),
    group('85414100', 120, 0.0004),
    group('85365000', 26, 0.03),
    group('39011000 39021000', 1.2),
  ]),
  purchase('machinery', 0.14, 'DE:9 JP:10 IT:4 KR:5 US:4 CH:3 TW:3 142:1', [
    group('84571010', 34, 5200),
    group('84798999', 40, 380),
    group('90318090', 110, 12),
    group('74031111', 9),
    group('84818040', 38, 2),
  ]),
]

function purchase(name: string, share: number, markets: string, products: ProductGroup[]): Industry {
  return {
    name,
    suffix: '',
    firms: 0,
    share,
    growthPerYear: 0.03,
    noise: 0.4,
    season: flat,
    markets,
    products,
  }
}
