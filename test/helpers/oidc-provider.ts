import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the provider says about the person who signs in there, and where it lies. */
export interface Script {
  claims: Record<string, unknown>
  userInfo?: Record<string, unknown>
  nonce?: string
  issuer?: string
  audience?: string
  /** Signs with a key it does not publish. */
  forged?: boolean
}

export interface TestProvider {
  issuer: string
  script: Script
  /** Signs in at the provider: follows the address the service sends people to, back to the callback's. */
  authorize(address: string): string
  close(): Promise<void>
}

/**
 * A small OpenID Connect provider: discovery, keys, codes bound to PKCE challenges, signed ID tokens, user information, and a page of its own
 * where a person says who they are. `host` is the name in its addresses.
 */
export async function startProvider(host = '127.0.0.1'): Promise<TestProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, Code>()
  const provider = { issuer: '', script: { claims: {} } as Script }

  const idToken = ({ nonce, script }: Required<Code>) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: script.issuer ?? provider.issuer,
      aud: script.audience ?? 'tradewind',
      sub: 'person-1',
      iat: now,
      exp: now + 300,
      nonce: script.nonce ?? nonce,
      ...script.claims,
    }
    const encoded = [{ alg: 'RS256', kid: '1' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    const key = script.forged ? others.privateKey : keys.privateKey
    return [...encoded, sign('sha256', Buffer.from(encoded.join('.')), key).toString('base64url')].join('.')
  }

  const answers: Record<string, (body: URLSearchParams) => object | null> = {
    '/.well-known/openid-configuration': () => ({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/authorize`,
      token_endpoint: `${provider.issuer}/token`,
      jwks_uri: `${provider.issuer}/keys`,
      userinfo_endpoint: `${provider.issuer}/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    }),
    '/keys': () => ({
      keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }],
    }),
    '/token': (body) => {
      const code = codes.get(body.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url')
      codes.delete(body.get('code') ?? '')
      if (!code || code.challenge !== challenge || body.get('client_secret') !== 'secret') return null
      const id_token = idToken({ script: provider.script, ...code })
      return { access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token }
    },
    '/userinfo': () => ({ sub: 'person-1', ...provider.script.userInfo }),
  }
  const codeFor = (address: URL, script?: Script) => {
    const asked = address.searchParams
    const code = randomBytes(8).toString('hex')
    const known = { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? '' }
    codes.set(code, { ...known, ...(script && { script }) })
    const back = new URL(asked.get('redirect_uri') ?? '')
    back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '' }))
    return back
  }
  const server = createServer(async (request, reply) => {
    const address = new URL(request.url ?? '', provider.issuer)
    const body = new URLSearchParams(await textOf(request))
    if (address.pathname === '/authorize')
      return request.method === 'POST'
        ? reply.writeHead(303, { location: codeFor(address, scriptOf(body)).href }).end()
        : showPage(reply)
    const answer = answers[address.pathname]?.(body) ?? null
    reply.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' })
    return reply.end(JSON.stringify(answer ?? { error: 'invalid_grant' }))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  provider.issuer = `http://${host}:${(server.address() as AddressInfo).port}`
  return Object.assign(provider, {
    authorize(address: string) {
      const { pathname, search } = codeFor(new URL(address))
      return `${pathname}${search}`
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** A code that was given out, and what is said about its person where the page was asked. */
interface Code {
  challenge: string
  nonce: string
  script?: Script
}

function scriptOf(answers: URLSearchParams): Script {
  const nonce = answers.get('nonce')
  const claims = { email: answers.get('email'), email_verified: answers.get('verified') === 'on' }
  return { claims, ...(nonce ? { nonce } : {}) }
}

function showPage(reply: ServerResponse): void {
  reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  reply.end(`<!doctype html><title>Provider</title><form method="post">
    <label>Email <input name="email"></label>
    <label>Verified <input type="checkbox" name="verified" checked></label>
    <label>Other nonce <input name="nonce"></label>
    <button>Sign in</button></form>`)
}
