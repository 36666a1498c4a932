// Loaded once a large file is chosen. A photo travels as small as what is on it can be read: upright
// by its own orientation, nothing else changes. What this browser cannot read goes as it is.
const MAX = 10485760, LARGE = 1.5e6, LONG = 3000, SHORT = 2000, QUALITY = 0.85;

// A page at 250 dots an inch; a long picture of a screen keeps its width.
const scaleOf = ({ width, height }) =>
  Math.max(LONG / Math.max(width, height), SHORT / Math.min(width, height));

function drawn(bitmap, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
}

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size <= LARGE) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = scaleOf(bitmap), blob = scale < 1 && await drawn(bitmap, scale);
  bitmap.close();
  if (!blob || blob.size >= file.size) return file;
  const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
  return new File([blob], name, { type: blob.type, lastModified: file.lastModified });
}

// The files to send in their place; none if one is too large, which `refuse` then says.
export async function send(files, refuse) {
  const made = [];
  // One after the other: each takes a hundred megabytes of a phone's memory meanwhile.
  for (const file of files) made.push(await smaller(file).catch(() => file));
  const large = made.find((file) => file.size > MAX);
  return large ? refuse({ size: Math.ceil(large.size / 1e6) }) : made;
}
