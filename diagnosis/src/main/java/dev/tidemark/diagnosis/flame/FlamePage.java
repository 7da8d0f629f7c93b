package dev.tidemark.diagnosis.flame;

import java.io.PrintWriter;

/**
 * A page that holds a flame graph and needs nothing else. Without JavaScript it is a drawing whose
 * boxes say what they are; with it a click makes a box as wide as the page, and names can be
 * searched.
 */
public final class FlamePage {
  private static final String STYLE =
      """
      body{font:14px/1.4 system-ui,sans-serif;margin:1em auto;max-width:1400px;padding:0 1em;color:#222;background:#fff}
      svg{width:100%;height:auto}.f{cursor:pointer}.found rect{fill:#c8f!important}input{font:inherit;width:20em}
      """;

  private static final String SCRIPT =
      """
      (function(){
      var W=1200,all=[].slice.call(document.querySelectorAll('#flame .f')).map(function(g){
        var r=g.querySelector('rect'),t=g.querySelector('text'),title=g.querySelector('title').textContent;
        return{g:g,r:r,t:t,title:title,name:title.slice(0,title.lastIndexOf(': ')),x:+r.getAttribute('x'),w:+r.getAttribute('width'),y:+r.getAttribute('y')};});
      function zoom(to){all.forEach(function(n){
        var above=n.y<to.y,inside=n.x>=to.x-0.01&&n.x+n.w<=to.x+to.w+0.01,over=above&&n.x<=to.x+0.01&&n.x+n.w>=to.x+to.w-0.01;
        n.g.style.display=(above?over:inside)?'':'none';
        var x=over?0:(n.x-to.x)*W/to.w,w=over?W:n.w*W/to.w,room=Math.floor((w-4)/6.7),s=Array.from(n.name);
        n.r.setAttribute('x',x);n.r.setAttribute('width',w);n.t.setAttribute('x',x+3);
        n.t.textContent=s.length<=room?n.name:room<3?'':s.slice(0,room-1).join('')+'\\u2026';});}
      all.forEach(function(n){n.g.addEventListener('click',function(){zoom(n);});});
      var box=document.getElementById('search'),told=document.getElementById('told');
      box.parentNode.hidden=false;
      box.addEventListener('input',function(){
        var q=box.value.toLowerCase(),count=0,covered=[];
        all.forEach(function(n){var hit=q!==''&&n.name.toLowerCase().indexOf(q)>=0;
          n.g.classList.toggle('found',hit);
          if(hit){count++;if(!covered.some(function(c){return n.x>=c.x-0.01&&n.x+n.w<=c.x+c.w+0.01;}))covered.push(n);}});
        var share=covered.reduce(function(s,n){return s+n.w;},0)/W*100;
        told.textContent=q===''?'':count+' boxes, '+share.toFixed(1)+' % of all';});
      })();
      """;

  private FlamePage() {}

  /** Writes the page; everything that comes from the profile is escaped. */
  public static void write(PrintWriter out, String title, FlameTree tree) {
    out.print("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>");
    out.print(Markup.escaped(title));
    out.print("</title>\n<style>\n" + STYLE + "</style></head><body>\n<h1>");
    out.print(Markup.escaped(title) + "</h1>\n<p>");
    out.print(
        Markup.escaped(tree.sampleType())
            + (tree.difference()
                ? ", as wide as now; red grew, blue shrank since before."
                : ", callers above.")
            + " Point at a box for its figures.</p>\n");
    out.print(
        "<p hidden>Search <input id=\"search\" type=\"search\"> <span id=\"told\"></span>"
            + " Click a box to widen it, the top one for all.</p>\n");
    drawing(out, tree);
    out.print("<script>\n" + SCRIPT + "</script>\n</body></html>\n");
  }

  /** Writes the drawing alone, an svg element for a page of the caller's. */
  public static void drawing(PrintWriter out, FlameTree tree) {
    new FlameSvg(out, tree).write();
  }
}
