const brackets = /[\s:：、,，;；.。"'“”‘’（）()【】[\]*　]/g

/** What tables call the sum of their other rows, in any column: 合计, 进口总值, 全部国家（地区）, Grand total. */
const totals =
  /(?:合计|总计|总值|总额|小计|共计|累计|总和|汇总)$|^(?:合计|总计|总值|小计)|^全部|^所有|^(?:全国|全省|全市|全区|全球|全世界|世界)$|^(?:grand|sub|world)?-?total(?:s|value)?$|^(?:world|allcountries|allpartners|allcommodities|allproducts)$/i

/** Groups of countries that tables by country name among their members. */
const groups =
  /^(?:其中)?(?:亚洲|非洲|欧洲|拉丁美洲|南美洲|北美洲|大洋洲|中东(?:地区)?|中东欧(?:国家)?|中亚(?:五国)?|东盟|东南亚国家联盟|欧盟|欧洲联盟|欧盟\d*国?.{0,6}|亚太经济?合?作?组织|亚太经合组织|区域全面经济伙伴关系协定.*|rcep.{0,8}|cptpp.{0,8}|共?建?一带一路.{0,8}|金砖国家|七国集团|二十国集团|上海合作组织|上合组织|独联体|海合会|海湾合作委员会|阿拉伯国家联盟|asean|eu|europeanunion|apec|brics|g7|g20|(?:eu|ea)\d{2}(?:_\d{4})?(?:_(?:extra|intra).*)?)$/i

/** Whether a code or name is what a table calls the sum of other rows. */
export function namesTotal(text: string): boolean {
  return totals.test(text.normalize('NFKC').replaceAll(brackets, ''))
}

/** Whether a partner is a group of countries, which stands beside its members in many tables. */
export function namesGroup(text: string): boolean {
  return groups.test(text.normalize('NFKC').replaceAll(brackets, ''))
}
