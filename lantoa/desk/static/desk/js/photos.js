// A photo, before it is kept on this device: at most 1600 px and 200 KB, drawn anew, so nothing of its file is left in it.

const longest = 1600;
const heaviest = 200 * 1024;

// { blob, thumb } or null when this browser cannot read it
export async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const thumb = drawn(picture, 240).toDataURL("image/jpeg", 0.7);
    for (let side = longest; side >= 400; side *= 0.8) {
      const canvas = drawn(picture, side);
      for (const quality of [0.82, 0.7, 0.55]) {
        const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (blob && blob.size <= heaviest) return { blob, thumb };
      }
    }
  } catch {
    // not a photo, or larger than this device can hold
  }
  return null;
}

function drawn(picture, side) {
  const share = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
