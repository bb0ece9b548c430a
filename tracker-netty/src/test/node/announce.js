// Takes two peers of a foreign client library through a swarm's life and prints what they are told,
// a JSON object a line.
//
//   node announce.js ANNOUNCE_URL INFO_HASH OTHER_INFO_HASH
//
// Hashes are hexadecimal; nobody announces the other one.

import Client from 'bittorrent-tracker'

const [announce, infoHash, otherInfoHash] = process.argv.slice(2)

function peer (name, port) {
  const client = new Client({ announce, infoHash, port, peerId: Buffer.from(name.padEnd(20, '-')) })
  client.on('error', fail)
  client.on('warning', fail)
  return client
}

let current = 'nothing yet'

process.on('exit', code => {
  if (code !== 0) console.error(`Failed at: ${current}`)
})

function fail (error) {
  console.error(error)
  process.exit(1)
}

/** Calls `act`, and prints what the tracker answers to it. */
async function told (step, client, act) {
  current = step
  const peers = []
  const collect = address => peers.push(address)
  client.on('peer', collect)
  const answer = await new Promise(resolve => {
    client.once('update', resolve)
    act(client)
  })
  // The library reports the peers of an answer right after the answer.
  await new Promise(resolve => setImmediate(resolve))
  client.off('peer', collect)
  console.log(JSON.stringify({
    step,
    complete: answer.complete,
    incomplete: answer.incomplete,
    interval: answer.interval,
    minInterval: answer['min interval'],
    externalIp: answer['external ip']?.toString('hex'),
    peers
  }))
}

/** Scrapes and prints the answer, by info-hash. */
async function scraped (step, infoHashes) {
  current = step
  const files = await new Promise((resolve, reject) => {
    Client.scrape({ announce, infoHash: infoHashes }, (error, result) => error ? reject(error) : resolve(result))
  })
  console.log(JSON.stringify({ step, files }))
}

const seeder = peer('-XX0001-seeder', 6881)
const leecher = peer('-XX0001-leecher', 6882)

await told('seeder starts', seeder, client => client.start({ left: 0 }))
await told('leecher starts', leecher, client => client.start({ left: 1000 }))
await told('seeder updates', seeder, client => client.update({ left: 0 }))
await told('leecher asks for dictionaries', leecher, client => client.update({ left: 500, compact: 0 }))
await scraped('scrape while downloading', [infoHash, otherInfoHash])
await told('leecher completes', leecher, client => client.complete({ left: 0 }))
await scraped('scrape when completed', [infoHash, otherInfoHash])
await told('leecher stops', leecher, client => client.stop({ left: 0 }))
await told('seeder stops', seeder, client => client.stop({ left: 0 }))
await scraped('scrape of the deserted', [infoHash, otherInfoHash])

seeder.destroy()
leecher.destroy()
