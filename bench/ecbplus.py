"""ECB+ reader: raw text with token offsets, gold event mentions with clusters."""
import csv, glob, os, re, collections
import xml.etree.ElementTree as ET
NO_BEFORE=set(". , ; : ! ? ) ] } % 's n't 're 've 'll 'd 'm '' ’s ’".split())
NO_AFTER=set("( [ { $ `` # £".split())
def detok(sentences):
    out=[];pos=0;spans={}
    quote=False
    for s,tokens in enumerate(sentences):
        prev=None
        if s:
            sep=" " if re.search(r"[.!?][\"')”’]*$","".join(out[-3:])) else "\n"
            out.append(sep);pos+=1
        for t,w in tokens:
            if prev is not None and w not in NO_BEFORE and prev not in NO_AFTER and not (w=='"' and quote) and not (prev=='"' and quote):
                out.append(" ");pos+=1
            if w=='"': quote=not quote
            spans[t]=(pos,pos+len(w)); out.append(w);pos+=len(w);prev=w
    return "".join(out),spans
def read(root):
    chosen=collections.defaultdict(set)
    for r in csv.DictReader(open(os.path.join(root,"ECBplus_coreference_sentences.csv"))):
        chosen[f"{r['Topic']}_{r['File']}"].add(int(r['Sentence Number']))
    docs=[]
    for path in sorted(glob.glob(os.path.join(root,"ECB+/*/*.xml"))):
        tree=ET.parse(path).getroot()
        name=os.path.basename(path)[:-4]
        topic=int(name.split("_")[0]); sub=f"{topic}_{'ecbplus' if name.endswith('ecbplus') else 'ecb'}"
        sents=collections.OrderedDict();where={}
        for t in tree.iter("token"):
            s=int(t.get("sentence")); sents.setdefault(s,[]).append((t.get("t_id"),t.text or "")); where[t.get("t_id")]=s
        keep=[v for s,v in sents.items() if not (s==0 and name.endswith("ecbplus") and v[0][1].startswith("http"))]
        text,spans=detok(keep)
        marks={};inst={}
        for m in tree.find("Markables"):
            toks=[a.get("t_id") for a in m.findall("token_anchor")]
            if toks: marks[m.get("m_id")]=(m.tag,toks)
            else: inst[m.get("m_id")]=(m.tag,m.get("instance_id"),m.get("TAG_DESCRIPTOR"))
        cluster={}
        for r in tree.find("Relations"):
            target=r.find("target").get("m_id")
            cid=r.get("note") if r.tag=="CROSS_DOC_COREF" else f"{name}:{r.get('r_id')}"
            for x in r.findall("source"): cluster[x.get("m_id")]=cid
        ments=[]
        for m,(tag,toks) in marks.items():
            if not (tag.startswith("ACTION") or tag.startswith("NEG")): continue
            if not all(t in spans for t in toks): continue
            if where[toks[0]] not in chosen[name]: continue
            ments.append(dict(doc=name,topic=topic,tag=tag,start=spans[toks[0]][0],end=spans[toks[-1]][1],spans=[spans[t] for t in toks],cluster=cluster.get(m,f"{name}:single:{m}")))
        sentspans={s:(spans[v[0][0]][0],spans[v[-1][0]][1]) for s,v in sents.items() if v[0][0] in spans}
        docs.append(dict(name=name,topic=topic,sub=sub,text=text,mentions=ments,chosen=[sentspans[s] for s in sorted(chosen[name]) if s in sentspans]))
    return docs
if __name__=="__main__":
    import json
    docs=read("/work/tmp-link/ecb/ECB+_LREC2014")
    test=[d for d in docs if d["topic"]>=36]; train=[d for d in docs if d["topic"]<36]
    for n,part in(("test",test),("train",train)):
        print(n,len(part),sum(len(d["mentions"]) for d in part),len({m["cluster"] for d in part for m in d["mentions"]}))
        with open(f"ecb-{n}.jsonl","w") as f:
            for d in part: f.write(json.dumps({"id":d["name"],"text":d["text"]})+"\n")
    print(test[0]["text"][:600])
