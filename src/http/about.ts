import { Type } from 'typebox'
import { type Api, envelope } from './schema.ts'

const About = Type.Object({
  sample: Type.Boolean({ description: 'the demo: every enterprise, place and figure is invented' }),
})
export const AboutReply = envelope(About, Type.Object({}))

/** What everyone who is signed in may know about this service. `inbox` is there in the demo only. */
export function aboutRoutes(api: Api, { inbox }: { inbox: unknown }): void {
  api.get(
    '/about',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['operation'],
        summary: 'Whether the data are a sample',
        response: { 200: AboutReply },
      },
    },
    async () => ({ data: { sample: inbox !== null }, meta: {} }),
  )
}
