import { openApp } from './lib/app.mjs';
const W='/work/wt/notation/tests/fixtures/notation/whole.owm';
const C='/work/shared/corpus/owm/';
const jobs=[
 ['whole-wardley',W,{},'wardley'],['whole-light',W,{},null],['whole-dark',W,{theme:'dark'},null],['whole-contrast',W,{contrast:'more'},null],
 ['energy',C+'swardley__MAP-REPOSITORY__personal-Energy-SMNR.owm',{},null],
 ['prompt',C+'tractorjuice__wardley-maps-ai__wardley_maps-prompt_engineering_wardley_map.owm',{theme:'dark'},null],
 ['aimieco',C+'swardley__MAP-REPOSITORY__ai-MIECO-AI.owm',{viewport:{width:1920,height:1080}},null],
 ['defence',C+'swardley__MAP-REPOSITORY__defence-defence_grey_zone.owm',{contrast:'more'},null],
 ['telecom',C+'swardley__MAP-REPOSITORY__telecoms-additions-telecom-network.owm',{},null],
 ['convers',C+'swardley__MAP-REPOSITORY__personal-Conversational.owm',{},null],
 ['digital',C+'swardley__MAP-REPOSITORY__government-government-digital-identity.owm',{theme:'dark'},null],
];
const want=process.argv.slice(2);
for (const [name,file,opt,style] of jobs.filter(j=>!want.length||want.includes(j[0]))) {
  const app=await openApp(opt);
  await app.thenPainted(()=>app.dropFile(file));
  if (style) { await app.page.keyboard.press('Control+k'); await app.page.keyboard.type('Map title'); await app.page.keyboard.press('Enter'); await app.page.locator('#settings-style').selectOption(style); await app.page.keyboard.press('Escape'); }
  await app.page.waitForTimeout(700);
  await app.page.screenshot({path:`/tmp/pics/b-${name}.png`});
  console.log(name, app.complaints.join('|'));
  await app.close();
}
