import type { ThemeConfig } from 'antd'

/** Every colour of the page. Text colours reach 4.5:1 on white and on `surface`; `good` and `bad` always come with a sign. */
export const colours = {
  primary: '#17475c',
  ink: '#1c2429',
  muted: '#56636b',
  line: '#d9dfe2',
  surface: '#f5f7f8',
  paper: '#ffffff',
  good: '#0b6b4f',
  bad: '#a8321f',
  caution: '#7a4f00',
  chosen: '#e3edf1',
  goodSurface: '#eef5f2',
  badSurface: '#fbeeec',
  cautionSurface: '#fff7e0',
  cautionLine: '#e0c778',
  lastYear: '#98a5ad',
} as const

export const fontFamily =
  '"Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif'

/** Gives the colours and the font to styles.css: `cautionSurface` is `var(--caution-surface)` there. */
export function applyTokens(root: HTMLElement): void {
  for (const [name, value] of Object.entries(colours)) {
    root.style.setProperty(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value)
  }
  root.style.setProperty('--font', fontFamily)
}

/** Ant Design's default theme, denser, in our colours. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorInfo: colours.primary,
    colorSuccess: colours.good,
    colorError: colours.bad,
    colorWarning: colours.caution,
    colorErrorBg: colours.badSurface,
    colorWarningBg: colours.cautionSurface,
    colorWarningBorder: colours.cautionLine,
    colorSuccessBg: colours.goodSurface,
    colorInfoBg: colours.chosen,
    colorText: colours.ink,
    colorTextSecondary: colours.muted,
    colorTextTertiary: colours.muted,
    colorTextDescription: colours.muted,
    colorTextPlaceholder: colours.muted,
    colorBgLayout: colours.surface,
    colorBorderSecondary: colours.line,
    borderRadius: 4,
    fontSize: 14,
    fontFamily,
    motion: false,
  },
  components: {
    Table: { headerBg: colours.surface, headerColor: colours.muted, cellPaddingBlockSM: 6 },
    Layout: { siderBg: colours.paper, headerBg: colours.paper, bodyBg: colours.surface },
    Menu: { itemBorderRadius: 4 },
  },
}
