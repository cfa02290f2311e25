import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const provider = {
  OIDC_ISSUER: 'https://login.example.cn',
  OIDC_CLIENT_ID: 'tradewind',
  OIDC_CLIENT_SECRET: 'secret',
}

test('an identity provider is used with all of its settings, and none without any', () => {
  expect(readConfig({}).oidc).toBeNull()
  expect(readConfig(provider).oidc).toEqual({
    ...{ issuer: 'https://login.example.cn', clientId: 'tradewind', clientSecret: 'secret' },
    emailClaim: 'email',
  })
  expect(readConfig({ ...provider, OIDC_EMAIL_CLAIM: 'upn' }).oidc?.emailClaim).toBe('upn')
})

test.each(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])(
  'without %s the others are refused',
  (name) => {
    expect(() => readConfig({ ...provider, [name]: '' })).toThrow(`${name}: `)
  },
)

test('an issuer without TLS is one on this machine, and no secret is named in an error', () => {
  expect(readConfig({ ...provider, OIDC_ISSUER: 'http://127.0.0.1:8080' }).oidc?.issuer).toBe(
    'http://127.0.0.1:8080',
  )
  const open = { ...provider, OIDC_ISSUER: 'http://login.example.cn' }
  expect(() => readConfig(open)).toThrow(
    'OIDC_ISSUER: http://login.example.cn: an address starting with https://',
  )
})

test('a token for the metrics is long, fits a header and is not named in an error', () => {
  expect(readConfig({}).metricsToken).toBeNull()
  expect(readConfig({ METRICS_TOKEN: 'a-secret-of-the-operator' }).metricsToken).toBe(
    'a-secret-of-the-operator',
  )
  for (const wrong of ['short', 'sixteen letters and blanks', '密'.repeat(20), 'x'.repeat(201)])
    expect(() => readConfig({ METRICS_TOKEN: wrong })).toThrow('METRICS_TOKEN: (not shown): 16 to 200')
})
