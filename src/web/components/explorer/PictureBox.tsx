import { PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { useText } from '../../language.tsx'
import { colours } from '../../theme.ts'
import '../../styles/change.css'

const scale = 2

/** A chart with a button that saves it as a PNG, twice its size on the screen, on white. */
export function PictureBox({ name, children }: { name: string; children: ReactNode }) {
  const { text } = useText()
  const box = useRef<HTMLDivElement>(null)
  const save = async () => {
    const drawing = box.current?.querySelector('[role="img"] svg')
    if (drawing instanceof SVGSVGElement) download(await pictureOf(drawing), `${name}.png`)
  }
  return (
    <div ref={box}>
      {children}
      <div className="picture-tools no-print">
        <Button type="text" size="small" icon={<PictureOutlined aria-hidden />} onClick={() => void save()}>
          {text.explorer.savePicture}
        </Button>
      </div>
    </div>
  )
}

async function pictureOf(drawing: SVGSVGElement): Promise<string> {
  const { width, height } = drawing.getBoundingClientRect()
  const copy = drawing.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.style.fontFamily = getComputedStyle(drawing).fontFamily
  const image = new Image(width, height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  const pen = canvas.getContext('2d')
  if (pen) {
    pen.fillStyle = colours.paper
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  }
  return canvas.toDataURL('image/png')
}

function download(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
